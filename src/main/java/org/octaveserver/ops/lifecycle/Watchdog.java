package org.octaveserver.ops.lifecycle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs something when a deadline passes, unless it is called off first. Thread-safe. What runs may take seconds (to
 * kill a process, say): each has a thread of its own, so that no deadline waits for what another one does.
 *
 * <p>Nearly every watch is called off, several for each call. So that this costs nothing but a place in a tree, the thread that
 * waits is woken only for a deadline before all that it knew when it went to sleep; it may wake for one that is gone.
 */
public final class Watchdog implements Managed {
    private static final Logger LOG = LogManager.getLogger(Watchdog.class);
    private static final int ALWAYS = 2;

    private final ElasticThreads actions = new ElasticThreads("deadline", ALWAYS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();

    @GuardedBy("lock")
    private final TreeSet<Entry> entries =
            new TreeSet<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::number));

    @GuardedBy("lock")
    private long count;

    /** Until when the thread sleeps, as {@link Entry#due}; it looks before that only when it is told to. */
    @GuardedBy("lock")
    private long sleepsUntil = Long.MAX_VALUE;

    @GuardedBy("lock")
    private @Nullable Thread thread;

    @GuardedBy("lock")
    private boolean stopped;

    private final long zero = System.nanoTime();

    /**
     * What is to be done, and when.
     *
     * @param due nanoseconds since this watchdog was made
     * @param once the action, unless it is settled
     */
    private record Entry(long due, long number, Runnable once) {}

    /** Begins with its threads: a worker that has used up the processes of the system leaves none for them. */
    @Override
    public void start() {
        actions.prestart();
        lock.lock();
        try {
            awake();
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code action} when {@code deadline} passes; closing the watch before calls it off. */
    public Watch watch(Deadline deadline, Runnable action) {
        AtomicBoolean settled = new AtomicBoolean();
        Runnable once = () -> {
            if (settled.compareAndSet(false, true)) {
                action.run();
            }
        };
        Entry entry = add(deadline, once);
        return () -> {
            remove(entry);
            return settled.compareAndSet(false, true);
        };
    }

    private Entry add(Deadline deadline, Runnable once) {
        lock.lock();
        try {
            awake();
            Entry entry = new Entry(deadline.nanoTime() - zero, count++, once);
            entries.add(entry);
            if (entry.due() < sleepsUntil) {
                earlier.signal();
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private void remove(Entry entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void awake() {
        if (thread == null && !stopped) {
            thread = new NamedThreads("watchdog").newThread(this::run);
            thread.start();
        }
    }

    private void run() {
        try {
            while (true) {
                for (Runnable action : awaitPassed()) {
                    actions.execute(action);
                }
            }
        } catch (InterruptedException | RejectedExecutionException e) {
            LOG.debug("no deadline is watched any more", e);
        }
    }

    /** Those whose deadline has passed: they begin without the lock, for where there is no thread they run here. */
    private List<Runnable> awaitPassed() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (entries.isEmpty() || entries.first().due() > now()) {
                sleepsUntil =
                        entries.isEmpty() ? Long.MAX_VALUE : entries.first().due();
                long unused = earlier.awaitNanos(sleepsUntil - now());
            }
            // Awake: it looks at all of them before it sleeps again.
            sleepsUntil = Long.MIN_VALUE;
            List<Runnable> passed = new ArrayList<>();
            while (!entries.isEmpty() && entries.first().due() <= now()) {
                passed.add(entries.pollFirst().once());
            }
            return passed;
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return System.nanoTime() - zero;
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            entries.clear();
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        actions.stop();
    }

    /** One running watch. */
    public interface Watch {
        /**
         * Calls it off.
         *
         * @return whether this call did it; false when the action has begun, or the watch was closed before
         */
        @CanIgnoreReturnValue
        boolean close();
    }
}
