package org.octaveserver.ops.lifecycle;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Threads for what may take long and must begin at once: as many as there is to do, a few of which are always there. Where
 * the system gives no more threads, whoever asks does the work. Thread-safe.
 */
public final class ElasticThreads implements Executor {
    private static final Logger LOG = LogManager.getLogger(ElasticThreads.class);
    private static final long KEPT_SECONDS = 10;

    private final NamedThreads threads;
    private final ThreadPoolExecutor executor;

    /**
     * None run before {@link #prestart}.
     *
     * @param purpose of their names
     * @param always how many are kept
     */
    public ElasticThreads(String purpose, int always) {
        threads = new NamedThreads(purpose);
        executor = new ThreadPoolExecutor(
                always, Integer.MAX_VALUE, KEPT_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads);
    }

    /** Starts those that are kept: when the system has no more threads to give, it is too late. */
    public void prestart() {
        int unused = executor.prestartAllCoreThreads();
    }

    /** Begins at once; after the stop it is refused. */
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (OutOfMemoryError e) {
            LOG.warn("the system gives no thread: {}", e.getMessage());
            task.run();
        }
    }

    /** Interrupts what runs, and waits for its end, but not for ever. */
    public void stop() {
        threads.stop(executor);
    }
}
