package org.octaveserver.ops.lifecycle;

import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * One step of what has no thread of its own, such as a call. Whatever it throws is told, an Error too: the thread that takes it
 * belongs to somebody else, and whoever waits for its end would wait for ever.
 */
public final class Step extends FutureTask<Void> {
    private final Consumer<Throwable> failed;

    /** What is done. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    private Step(Action action, Consumer<Throwable> failed) {
        super(() -> {
            action.run();
            return null;
        });
        this.failed = failed;
    }

    /**
     * Takes a step, on this thread.
     *
     * @param failed is told what it has thrown, when it has
     */
    public static void take(Action action, Consumer<Throwable> failed) {
        new Step(action, failed).run();
    }

    @Override
    protected void setException(Throwable thrown) {
        super.setException(thrown);
        failed.accept(thrown);
    }
}
