package org.octaveserver.ops.lifecycle;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Daemon threads named {@code ops-<purpose>-<n>} whose uncaught exceptions are logged. Thread-safe. */
public final class NamedThreads implements ThreadFactory {
    private static final Logger LOG = LogManager.getLogger(NamedThreads.class);

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
}
