package org.octaveserver.ops.call;

import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** A call that was let in, for whoever has made it. Thread-safe. */
public final class CallInProgress {
    private final RunningCall call;
    private final CompletableFuture<CallOutcome> outcome;

    CallInProgress(RunningCall call, CompletableFuture<CallOutcome> outcome) {
        this.call = call;
        this.outcome = outcome;
    }

    /**
     * Completes when the call is over, with an {@link OpsException} (perhaps in a CompletionException) when the function did
     * not run to its end and did not throw. What hangs on it runs on a thread of a worker: it must be quick.
     */
    public CompletableFuture<CallOutcome> outcome() {
        return outcome;
    }

    /** Whether it has no worker yet. */
    public boolean isWaiting() {
        return call.info().state() == CallState.WAITING && !outcome.isDone();
    }

    /** Nobody wants the outcome any more: a call that waits loses its place. One that runs goes on: it may have begun to change something. */
    public void abandon() {
        boolean unused = call.giveUp(new OpsException(ErrorCode.CALL_CANCELLED, "its client is gone"));
    }
}
