package org.octaveserver.ops.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Does things again and again, one at a time, on one thread of its own. What a task throws is logged and does not end
 * the repetition: what fails now may work the next time. Thread-safe.
 */
public final class PeriodicTasks implements Managed {
    private static final Logger LOG = LogManager.getLogger(PeriodicTasks.class);

    private final String purpose;
    private final NamedThreads threads;
    private final ScheduledThreadPoolExecutor executor;

    /**
     * Nothing to do yet.
     *
     * @param purpose the name of its thread, and of the work in the log
     */
    public PeriodicTasks(String purpose) {
        this.purpose = purpose;
        this.threads = new NamedThreads(purpose);
        this.executor = new ScheduledThreadPoolExecutor(1, threads);
    }

    /**
     * Begins to repeat a task.
     *
     * @param first the time until it runs first; zero is at once
     * @param pause the time between the end of one run and the beginning of the next
     */
    public void repeat(Duration first, Duration pause, Runnable task) {
        requireNonNull(executor.scheduleWithFixedDelay(
                () -> runSafely(task), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // An error too, such as a stack that was too small for this input: the executor would end the repetition
            // and
            // tell nobody.
            LOG.error("task={} failed; it is tried again", purpose, e);
        }
    }

    /** Interrupts what runs, and waits for its end, but not for ever. */
    @Override
    public void stop() {
        threads.stop(executor);
    }
}
