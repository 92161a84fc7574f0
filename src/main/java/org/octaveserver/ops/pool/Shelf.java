package org.octaveserver.ops.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What the pool knows of one key beside its workers. Guarded by the pool's lock. */
final class Shelf {
    /** Calls that wait for a worker, oldest first. */
    final Deque<Waiter> waiting = new ArrayDeque<>();
    /** How many workers are starting for it. */
    int starting;
    /** Whether the current release has it. */
    boolean wanted;
    /** Whether the last start failed: then only a call starts the next one. */
    boolean failed;
    /** When a worker of it was last asked for, as nanoTime counts. */
    long lastAsked = System.nanoTime();

    /** Removes and answers the oldest call that still waits. */
    @Nullable
    Waiter nextWaiter() {
        Waiter next = waiting.poll();
        while (next != null && next.future().isDone()) {
            next = waiting.poll();
        }
        return next;
    }

    /** Since when a call waits; far in the future when none does. */
    long waitingSince() {
        waiting.removeIf(waiter -> waiter.future().isDone());
        Waiter oldest = waiting.peek();
        return oldest == null ? System.nanoTime() + Long.MAX_VALUE / 4 : oldest.since();
    }
}
