package org.octaveserver.ops.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Looks again and again, on a thread of its own, for as long as there is anything to look at; while there is not, nothing is
 * done. Where a look takes long, the pauses become longer: it costs 5 % of a core at most. Thread-safe.
 */
public final class Lookout implements Managed {
    private static final Logger LOG = LogManager.getLogger(Lookout.class);
    /** Pauses are as many times as long as a look. */
    private static final int LEAST_REST = 20;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Duration shortest;
    private final Duration longest;
    private final BooleanSupplier work;
    private final Look look;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean idle;
    private volatile boolean stopped;

    /** One look. */
    @FunctionalInterface
    public interface Look {
        void look() throws InterruptedException;
    }

    /**
     * Looks at nothing before its start.
     *
     * @param purpose of the thread's name
     * @param shortest the pause before each look, mostly
     * @param longest the longest pause
     * @param work whether there is anything to look at
     */
    public Lookout(String purpose, Duration shortest, Duration longest, BooleanSupplier work, Look look) {
        this.shortest = shortest;
        this.longest = longest;
        this.work = work;
        this.look = look;
        this.thread = new NamedThreads(purpose).newThread(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    /** Interrupts a look. */
    @Override
    public void stop() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be called when there is something new to look at. Costs nothing while it is looking anyway. */
    public void wake() {
        if (idle) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void run() {
        try {
            Duration pause = shortest;
            while (awaitWork()) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                long begin = System.nanoTime();
                lookOnce();
                pause = pauseAfter(Duration.ofNanos(System.nanoTime() - begin));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What one look meets must not end all others. */
    private void lookOnce() throws InterruptedException {
        try {
            look.look();
        } catch (RuntimeException e) {
            LOG.error("thread={} a look failed; the next one follows", thread.getName(), e);
        }
    }

    private Duration pauseAfter(Duration took) {
        Duration rest = took.multipliedBy(LEAST_REST);
        if (rest.compareTo(shortest) < 0) {
            return shortest;
        }
        return rest.compareTo(longest) > 0 ? longest : rest;
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            // Set before asking: who brings work after that sees it, and wakes this thread.
            idle = true;
            while (!work.getAsBoolean() && !stopped) {
                changed.await();
            }
            idle = false;
            return !stopped;
        } finally {
            lock.unlock();
        }
    }
}
