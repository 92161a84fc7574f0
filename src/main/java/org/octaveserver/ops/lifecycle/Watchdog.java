package org.octaveserver.ops.lifecycle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs something when a deadline passes, unless it is called off first. Thread-safe. What runs may take a moment (to
 * kill a process, say): a few threads share the work.
 */
public final class Watchdog implements Managed {
    private static final int THREADS = 4;

    private final NamedThreads threads = new NamedThreads("watchdog");
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(THREADS, threads);

    public Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code action} when {@code deadline} passes; closing the watch before calls it off. */
    public Watch watch(Deadline deadline, Runnable action) {
        AtomicBoolean settled = new AtomicBoolean();
        Runnable once = () -> {
            if (settled.compareAndSet(false, true)) {
                action.run();
            }
        };
        Future<?> task = timer.schedule(once, Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        return () -> {
            task.cancel(false);
            return settled.compareAndSet(false, true);
        };
    }

    @Override
    public void stop() {
        threads.stop(timer);
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
