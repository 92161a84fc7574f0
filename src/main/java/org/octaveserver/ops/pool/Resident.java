package org.octaveserver.ops.pool;

import java.time.Duration;
import java.util.Optional;
import org.octaveserver.ops.worker.Worker;

/** A worker of the pool, and what the pool remembers of it. Guarded by the pool's lock, but for the measuring. */
final class Resident {
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);

    private final Worker worker;
    private final Duration lifetime;
    private final long born;
    /** Since when it waits, or when it was lent; as nanoTime counts. */
    private long since;

    private volatile Optional<RecycleReason> going = Optional.empty();
    private volatile long resident;
    private volatile long measured;

    /**
     * A worker that has just started.
     *
     * @param now as nanoTime counts
     */
    Resident(Worker worker, Duration lifetime, long now) {
        this.worker = worker;
        this.lifetime = lifetime;
        this.born = now;
        this.since = now;
        this.measured = now - MEASURE_EVERY.toNanos();
    }

    Worker worker() {
        return worker;
    }

    /** Whether no call has run in it. */
    boolean isClean() {
        return worker.calls() == 0;
    }

    void touch(long now) {
        since = now;
    }

    /** How long it has waited, or been lent. */
    Duration idle(long now) {
        return Duration.ofNanos(now - since);
    }

    Duration age(long now) {
        return Duration.ofNanos(now - born);
    }

    /** It is to go, now or after its call. The first reason counts. */
    void letGo(RecycleReason reason) {
        if (going.isEmpty()) {
            going = Optional.of(reason);
        }
    }

    /** Why it goes; when nobody has said so, it is dead or the server stops. */
    Optional<RecycleReason> going() {
        return going;
    }

    boolean isOlderThan(long moment) {
        return born - moment <= 0;
    }

    /** Asks the system what it occupies: after a call, and not after each of many small ones. */
    void measure(long now) {
        if (now - measured >= MEASURE_EVERY.toNanos()) {
            measured = now;
            resident = worker.usage().residentBytes();
        }
    }

    RecyclingPolicy.Wear wear(long now) {
        return new RecyclingPolicy.Wear(worker.calls(), age(now), lifetime, resident);
    }
}
