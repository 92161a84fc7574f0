package org.octaveserver.ops.job;

import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.value.OctaveValue;

/**
 * What somebody wants done.
 *
 * @param target what to call
 * @param outputs how many outputs are asked for
 * @param owner who wants it
 */
public record Submission(CallTarget target, int outputs, List<OctaveValue> arguments, JobOwner owner, Wishes wishes) {
    public Submission {
        arguments = List.copyOf(arguments);
    }

    /**
     * How it is wanted.
     *
     * @param options of the call
     * @param callbacks who is to be told
     * @param face as of {@link JobOrder}
     * @param key under which it may be submitted again
     */
    public record Wishes(CallOptions options, List<Callback> callbacks, String face, Optional<IdempotencyKey> key) {
        public Wishes {
            callbacks = List.copyOf(callbacks);
        }
    }
}
