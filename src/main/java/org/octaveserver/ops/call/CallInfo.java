package org.octaveserver.ops.call;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A call that is on its way, as it stood when somebody asked.
 *
 * @param origin where it comes from
 * @param bundle the version that it goes to, {@code name@version}
 * @param function the function
 * @param since when it came
 * @param state how far it has come
 * @param pid the process of its worker, when it has one
 */
public record CallInfo(
        CallOrigin origin, String bundle, String function, Instant since, CallState state, OptionalLong pid) {
    /** The same, a moment later. */
    CallInfo running(long process) {
        return new CallInfo(origin, bundle, function, since, CallState.RUNNING, OptionalLong.of(process));
    }
}
