package org.octaveserver.ops.call;

import java.util.Optional;
import org.octaveserver.ops.worker.Isolation;

/**
 * What one caller wants otherwise than the bundle says.
 *
 * @param isolation what the call may find of the calls before it
 */
public record CallOptions(Optional<Isolation> isolation) {
    /** Of a caller that wants what the bundle says. */
    public static final CallOptions NONE = new CallOptions(Optional.empty());
}
