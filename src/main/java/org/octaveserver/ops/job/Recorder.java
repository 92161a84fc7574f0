package org.octaveserver.ops.job;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Step;

/**
 * Records what has happened to jobs: again and again while the store is not there, so that what was computed is not lost
 * because a disk was full for a while. Thread-safe.
 */
final class Recorder {
    private static final Logger LOG = LogManager.getLogger(Recorder.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Executor work;

    /** @param work threads that may wait for files */
    Recorder(Executor work) {
        this.work = work;
    }

    /** What is to be recorded, once it is known to be on disk; fails when it can never be. */
    <T> CompletableFuture<T> untilKnown(Supplier<CompletableFuture<T>> change) {
        CompletableFuture<T> known = new CompletableFuture<>();
        work.execute(() -> attempt(change, known, 1));
        return known;
    }

    private <T> void attempt(Supplier<CompletableFuture<T>> change, CompletableFuture<T> known, int number) {
        Step.take(
                () -> {
                    var unused = change.get().whenComplete((made, failure) -> {
                        if (failure == null) {
                            known.complete(made);
                        } else {
                            failed(failure, change, known, number);
                        }
                    });
                },
                failure -> failed(failure, change, known, number));
    }

    private <T> void failed(
            Throwable thrown, Supplier<CompletableFuture<T>> change, CompletableFuture<T> known, int number) {
        OpsException failure = OpsException.of(thrown);
        if (failure.code() != ErrorCode.JOB_STORE_UNAVAILABLE) {
            boolean unused = known.completeExceptionally(failure);
            return;
        }
        if (number == 1) {
            LOG.warn("what happened to a job is not recorded yet, and tried again: {}", failure.getMessage());
        }
        Executor later = CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS, work);
        later.execute(() -> attempt(change, known, number + 1));
    }
}
