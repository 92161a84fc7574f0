package org.octaveserver.ops.pool;

import java.time.Duration;
import java.util.Optional;

/**
 * When a worker has served long enough. Knows no clock and no worker.
 *
 * @param maxCalls how many calls it may answer; 0 for any number
 * @param maxAge how long it may live at most; zero for ever
 * @param maxResident how many bytes it may occupy after a call; 0 for any number
 * @param idleTimeout how long it may wait for a call
 */
record RecyclingPolicy(int maxCalls, Duration maxAge, long maxResident, Duration idleTimeout) {
    /** Workers that began together must not all end together: each lives between this part of the age and all of it. */
    private static final double SHORTEST_LIFE = 0.8;

    static RecyclingPolicy of(PoolSettings settings) {
        return new RecyclingPolicy(
                settings.maxCalls(), settings.maxAge(), settings.maxResident().bytes(), settings.idleTimeout());
    }

    /**
     * How worn a worker is.
     *
     * @param calls how many it has answered
     * @param age how long it has lived
     * @param lifetime how long this one may, as {@link #lifetime} answered
     * @param resident the bytes that it occupied when it was measured last; 0 if it never was
     */
    record Wear(long calls, Duration age, Duration lifetime, long resident) {}

    /**
     * How long one worker may live.
     *
     * @param chance from 0 to 1, another one for each worker
     */
    Duration lifetime(double chance) {
        double part = SHORTEST_LIFE + (1 - SHORTEST_LIFE) * chance;
        return Duration.ofNanos(Math.round(maxAge.toNanos() * part));
    }

    /** Why a worker is to go, if it is. */
    Optional<RecycleReason> judge(Wear wear) {
        if (maxCalls > 0 && wear.calls() >= maxCalls) {
            return Optional.of(RecycleReason.CALLS);
        }
        if (maxResident > 0 && wear.resident() > maxResident) {
            return Optional.of(RecycleReason.MEMORY);
        }
        return !maxAge.isZero() && wear.age().compareTo(wear.lifetime()) >= 0
                ? Optional.of(RecycleReason.AGE)
                : Optional.empty();
    }

    /**
     * The same of one that waits for a call.
     *
     * @param idle since when
     * @param needed whether it is one of those that are kept although nobody calls
     */
    Optional<RecycleReason> judgeIdle(Wear wear, Duration idle, boolean needed) {
        Optional<RecycleReason> worn = judge(wear);
        return worn.isEmpty() && !needed && idle.compareTo(idleTimeout) >= 0 ? Optional.of(RecycleReason.IDLE) : worn;
    }

    /** How often idle workers are to be looked at: seldom, but soon enough for what is set. */
    Duration interval() {
        Duration shortest = maxAge.isZero() || idleTimeout.compareTo(maxAge) < 0 ? idleTimeout : maxAge;
        long millis = Math.max(100, Math.min(30_000, shortest.toMillis() / 10));
        return Duration.ofMillis(millis);
    }
}
