package org.octaveserver.ops.call;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Watchdog;

/** A call that was let in, for whoever has made it. Thread-safe. */
public final class CallInProgress {
    private final RunningCall call;
    private final CompletableFuture<CallOutcome> outcome;
    private final Watchdog watchdog;

    CallInProgress(RunningCall call, CompletableFuture<CallOutcome> outcome, Watchdog watchdog) {
        this.call = call;
        this.watchdog = watchdog;
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

    /**
     * What it has printed so far, up to the limit that is kept; when it is over, all of that, however it has ended. It takes a
     * moment when the worker has died of it.
     */
    public String printed() {
        return call.printed();
    }

    /**
     * Cancels it. One that waits ends at once, with CALL_CANCELLED. To one that runs {@code ops.cancelled} tells it; what
     * it then ends with is its outcome. When it has not ended after {@code grace}, its worker is killed with all that it has
     * started.
     *
     * @param by who does
     * @param grace how long it may go on; zero: it is killed, and gone when this returns
     * @return false when it was over
     */
    public boolean cancel(String by, Duration grace) {
        return call.cancel(by, grace, watchdog);
    }

    /** Nobody wants the outcome any more: a call that waits loses its place. One that runs goes on: it may have begun to change something. */
    public void abandon() {
        boolean unused = call.giveUp(new OpsException(ErrorCode.CALL_CANCELLED, "its client is gone"));
    }
}
