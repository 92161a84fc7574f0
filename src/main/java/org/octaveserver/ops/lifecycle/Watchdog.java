package org.octaveserver.ops.lifecycle;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs something when a deadline passes, unless it is called off first. Thread-safe. What runs may take a moment (to
 * kill a process, say): a few threads share the work.
 */
public final class Watchdog implements Managed {
    private static final int THREADS = 4;

    private final ScheduledThreadPoolExecutor timer;

    public Watchdog() {
        timer = new ScheduledThreadPoolExecutor(THREADS, new NamedThreads("watchdog"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code action} when {@code deadline} passes; closing the watch before calls it off. */
    public Watch watch(Deadline deadline, Runnable action) {
        Future<?> task = timer.schedule(action, Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        return () -> task.cancel(false);
    }

    @Override
    public void stop() {
        timer.shutdownNow();
    }

    /** One running watch. */
    public interface Watch {
        /** Calls it off; does nothing when the action has already begun. */
        void close();
    }
}
