package org.octaveserver.ops.lifecycle;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Daemon threads named {@code ops-<purpose>-<n>} whose uncaught exceptions are logged. Thread-safe. */
public final class NamedThreads implements ThreadFactory {
    private static final Logger LOG = LogManager.getLogger(NamedThreads.class);

    private static final long STOP_SECONDS = 5;

    private final String purpose;
    private final AtomicInteger count = new AtomicInteger();

    public NamedThreads(String purpose) {
        this.purpose = purpose;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "ops-" + purpose + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> LOG.error("thread={} died", t.getName(), e));
        return thread;
    }

    /** Interrupts what runs on an executor that has these threads, and waits for its end, but not for ever. */
    public void stop(ExecutorService executor) {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("threads={} still run {} s after the stop", purpose, STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
