package org.octaveserver.ops.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.octaveserver.ops.worker.Isolation;

/** What the pool knows of one key beside its workers. Guarded by the pool's lock. */
final class Shelf {
    /** Calls that wait for a worker, oldest first. */
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    /** How many workers are starting for it. */
    int starting;
    /** Whether the current release has it. */
    boolean wanted;
    /** Whether workers of it are kept ready before anyone calls. */
    boolean ready;
    /** Whether one is to be there before the next release is switched to. */
    boolean prepared;
    /** Whether the last start failed: then only a call starts the next one. */
    boolean failed;
    /** When a worker of it was last asked for, as nanoTime counts. */
    long lastAsked;
    /** Workers that began before this moment serve no more calls, as nanoTime counts. */
    OptionalLong recycled = OptionalLong.empty();
    /** Whether it was asked for at all. */
    boolean asked;
    /** When a fresh one was last asked for, as nanoTime counts. */
    OptionalLong lastFresh = OptionalLong.empty();

    /** For a key that nobody has asked for yet. */
    Shelf(long now) {
        this.lastAsked = now;
    }

    void add(Waiter waiter) {
        waiting.add(waiter);
        asked = true;
        failed = false;
        lastAsked = waiter.since();
        if (waiter.isolation() == Isolation.FRESH) {
            lastFresh = OptionalLong.of(waiter.since());
        }
    }

    /** How many calls wait; those that gave up no longer count. */
    int waiting() {
        waiting.removeIf(waiter -> waiter.future().isDone());
        return waiting.size();
    }

    /** Removes and answers the call that waits longest of those that a worker suits. */
    Optional<Waiter> nextWaiter(Resident worker) {
        if (waiting() == 0) {
            return Optional.empty();
        }
        Optional<Waiter> next =
                waiting.stream().filter(waiter -> waiter.takes(worker)).findFirst();
        next.ifPresent(waiting::remove);
        return next;
    }

    /** Whether the call that waits longest needs a worker that nobody has used, and there will be none for it. */
    boolean lacksCleanOne() {
        if (waiting() == 0 || waiting.element().isolation() == Isolation.WARM) {
            return false;
        }
        return starting == 0;
    }

    /** Removes and answers all calls that wait, oldest first. */
    List<Waiter> allWaiters() {
        List<Waiter> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /** Since when the call waits that waits longest, as nanoTime counts; empty when none does. */
    OptionalLong waitingSince() {
        return waiting() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.element().since());
    }
}
