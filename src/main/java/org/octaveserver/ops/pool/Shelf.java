package org.octaveserver.ops.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
    /** Whether the last start failed: then only a call starts the next one. */
    boolean failed;
    /** When a worker of it was last asked for, as nanoTime counts. */
    long lastAsked = System.nanoTime();

    void add(Waiter waiter) {
        waiting.add(waiter);
    }

    /** How many calls wait; those that gave up no longer count. */
    int waiting() {
        waiting.removeIf(waiter -> waiter.future().isDone());
        return waiting.size();
    }

    /** Removes and answers the call that waits longest. */
    Optional<Waiter> nextWaiter() {
        return waiting() == 0 ? Optional.empty() : Optional.of(waiting.remove());
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
