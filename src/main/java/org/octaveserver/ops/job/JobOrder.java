package org.octaveserver.ops.job;

import java.util.List;
import org.octaveserver.ops.call.CallOptions;

/**
 * How a job was ordered.
 *
 * @param options what the caller wants otherwise than the bundle says; the urgency is its place in the owner's queue
 * @param rules how it may run
 * @param callbacks who is to be told
 * @param face notes of the face that took it, such as the format of the answer; nobody else reads them
 */
public record JobOrder(CallOptions options, JobRules rules, List<Callback> callbacks, String face) {
    public JobOrder {
        callbacks = List.copyOf(callbacks);
    }
}
