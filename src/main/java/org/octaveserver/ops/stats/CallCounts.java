package org.octaveserver.ops.stats;

import java.time.Duration;

/**
 * Calls since the server started. A call is in exactly one of the numbers.
 *
 * @param waiting how many wait for a worker
 * @param waited the sum of how long those have waited so far
 * @param running how many run
 * @param succeeded how many functions returned or threw
 * @param failed how many calls came to nothing else: no such function, refused, too late, process gone
 */
public record CallCounts(long waiting, Duration waited, long running, long succeeded, long failed) {
    /** All calls that came. */
    public long accepted() {
        return waiting + running + succeeded + failed;
    }
}
