package org.octaveserver.ops.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import org.octaveserver.ops.worker.Worker;

/** A worker borrowed for one call. Closing it gives the worker back, alive or dead; closing twice does nothing. */
public final class Lease implements AutoCloseable {
    private final Worker worker;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(Worker worker, Runnable giveBack) {
        this.worker = worker;
        this.giveBack = giveBack;
    }

    public Worker worker() {
        return worker;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
