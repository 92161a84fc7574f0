package org.octaveserver.ops.lifecycle;

import java.time.Duration;

/**
 * A moment by which something must be done, on the monotonic clock: a jump of the wall clock moves nothing.
 *
 * @param allowed the whole time that was allowed
 * @param nanoTime the moment, as {@link System#nanoTime()} counts
 */
public record Deadline(Duration allowed, long nanoTime) {
    /** As far ahead as the clock counts without wrapping: a century is as good as never. */
    private static final Duration FURTHEST = Duration.ofDays(36_500);

    /** The moment so long from now; a century from now for more than a century. */
    public static Deadline after(Duration allowed) {
        Duration counted = allowed.compareTo(FURTHEST) > 0 ? FURTHEST : allowed;
        return new Deadline(allowed, System.nanoTime() + counted.toNanos());
    }

    /** Nanoseconds left; zero or less when it has passed. */
    public long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    public boolean passed() {
        return remainingNanos() <= 0;
    }
}
