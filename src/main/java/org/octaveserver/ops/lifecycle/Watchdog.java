package org.octaveserver.ops.lifecycle;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs something when a deadline passes, unless it is called off first. Thread-safe. What runs may take seconds (to
 * kill a process, say): each has a thread of its own, so that no deadline waits for what another one does.
 */
public final class Watchdog implements Managed {
    /** Where the system gives no thread for an action, one of these runs it. */
    private static final int TIMERS = 2;

    private static final int ALWAYS = 2;

    private final NamedThreads threads = new NamedThreads("watchdog");
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(TIMERS, threads);
    private final ElasticThreads actions = new ElasticThreads("deadline", ALWAYS);

    public Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Begins with its threads: a worker that has used up the processes of the system leaves none for them. */
    @Override
    public void start() {
        int unused = timer.prestartAllCoreThreads();
        actions.prestart();
    }

    /** Runs {@code action} when {@code deadline} passes; closing the watch before calls it off. */
    public Watch watch(Deadline deadline, Runnable action) {
        AtomicBoolean settled = new AtomicBoolean();
        Runnable once = () -> {
            if (settled.compareAndSet(false, true)) {
                action.run();
            }
        };
        Future<?> task = timer.schedule(
                () -> actions.execute(once), Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        return () -> {
            task.cancel(false);
            return settled.compareAndSet(false, true);
        };
    }

    @Override
    public void stop() {
        threads.stop(timer);
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
