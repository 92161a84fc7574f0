package org.octaveserver.ops.lifecycle;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few threads for what keeps processors busy: more would only make each piece later. What there is no thread for waits
 * its turn. Thread-safe.
 */
public final class WorkThreads implements Executor, Managed {
    private static final long KEPT_SECONDS = 30;

    private final NamedThreads threads;
    private final ThreadPoolExecutor executor;

    /**
     * None run yet.
     *
     * @param purpose of their names
     * @param most how many work at once
     */
    public WorkThreads(String purpose, int most) {
        threads = new NamedThreads(purpose);
        executor = new ThreadPoolExecutor(
                most, most, KEPT_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void start() {}

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public void stop() {
        threads.stop(executor);
    }
}
