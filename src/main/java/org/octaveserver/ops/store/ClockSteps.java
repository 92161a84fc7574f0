package org.octaveserver.ops.store;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the clock of a database was put forward or back: by what has passed, from one transaction to the next, beside what
 * has passed by the clock of this process that never jumps. For the thread that writes.
 */
final class ClockSteps {
    private final LongSupplier nanoTime;
    private final long least;
    private @Nullable Look seen;
    private @Nullable Look committed;

    /** What the database's clock said, in milliseconds, at some time between two of this process's. */
    private record Look(long now, long before, long after) {}

    /**
     * None so far.
     *
     * @param least what counts, in nanoseconds: clocks never go on quite alike
     */
    ClockSteps(LongSupplier nanoTime, long least) {
        this.nanoTime = nanoTime;
        this.least = TimeUnit.NANOSECONDS.toMillis(least);
    }

    /** The time of this process in nanoseconds. */
    long nanos() {
        return nanoTime.getAsLong();
    }

    /**
     * By how many milliseconds the clock was at least put forward, or back when they are less than 0, since the last transaction that
     * was committed; 0 when that is nothing that counts.
     *
     * @param before when the database was asked, by {@link #nanos}
     * @param now what it has answered
     */
    long look(long before, long now) {
        Look look = new Look(now, before, nanos());
        @Nullable Look last = committed;
        seen = look;
        if (last == null) {
            return 0;
        }
        long forward = now - last.now() - TimeUnit.NANOSECONDS.toMillis(look.after() - last.before());
        long back = now - last.now() - TimeUnit.NANOSECONDS.toMillis(look.before() - last.after());
        if (forward > least) {
            return forward;
        }
        return back < -least ? back : 0;
    }

    /** What was done about it is on disk. */
    void committed() {
        committed = seen;
    }
}
