package org.octaveserver.ops.call;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.StateMachine;
import org.octaveserver.ops.worker.EndReason;
import org.octaveserver.ops.worker.Worker;

/**
 * One call on its way, from its admission to its outcome. It takes no thread. Anybody may look at it or cancel it: a call
 * that waits stops waiting, and the worker of one that runs is killed with all that it has started. Thread-safe.
 */
final class RunningCall {
    private static final Logger LOG = LogManager.getLogger(RunningCall.class);
    /** More than the end of processes ever takes. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);

    private final Deadline deadline;
    private final CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
    /** Completes when what it ran is gone, after it was cancelled. */
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    /** Held for moments only: whoever looks at calls must not wait for processes. */
    private final ReentrantLock lock = new ReentrantLock();

    private final StateMachine<CallState> state;

    @GuardedBy("lock")
    private CallInfo info;

    @GuardedBy("lock")
    private @Nullable Worker worker;

    @GuardedBy("lock")
    private @Nullable EndReason cancelled;

    /** Calls off what it waits for. */
    @GuardedBy("lock")
    private Runnable withdrawal = () -> {};

    /**
     * A call that waits.
     *
     * @param deadline by which it must be answered
     */
    RunningCall(CallInfo info, Deadline deadline) {
        this.info = info;
        this.deadline = deadline;
        this.state = CallState.begin(info.origin().id());
    }

    Deadline deadline() {
        return deadline;
    }

    /** Completes once, when it is over. */
    CompletableFuture<CallOutcome> outcome() {
        return outcome;
    }

    CallInfo info() {
        lock.lock();
        try {
            return info;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Notes how what it waits for is called off, when it gives up. At once when it has.
     *
     * @param withdrawal does nothing when what it is for has come
     */
    void waits(Runnable withdrawal) {
        boolean late;
        lock.lock();
        try {
            late = state.get() != CallState.WAITING;
            this.withdrawal = withdrawal;
        } finally {
            lock.unlock();
        }
        if (late) {
            withdrawal.run();
        }
    }

    /** Notes that a worker has it now; false when it has given up before. */
    boolean runs(Worker own) {
        lock.lock();
        try {
            if (!state.move(CallState.WAITING, CallState.RUNNING)) {
                return false;
            }
            worker = own;
            info = info.running(own.pid());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever cancels it has the worker only until here: the next call may have it then. */
    void leaves() {
        lock.lock();
        try {
            worker = null;
        } finally {
            lock.unlock();
        }
    }

    /** It has its outcome. */
    void complete(CallOutcome its) {
        if (state.moveTo(CallState.OVER)) {
            boolean unused = outcome.complete(its);
        }
    }

    /** It has none. */
    void fail(OpsException why) {
        if (state.moveTo(CallState.OVER)) {
            boolean unused = outcome.completeExceptionally(why);
        }
    }

    /** It stops waiting, if it waits; answers whether it did. */
    boolean giveUp(OpsException why) {
        Runnable withdraw;
        lock.lock();
        try {
            if (!state.move(CallState.WAITING, CallState.OVER)) {
                return false;
            }
            withdraw = withdrawal;
        } finally {
            lock.unlock();
        }
        withdraw.run();
        boolean unused = outcome.completeExceptionally(why);
        return true;
    }

    /**
     * Cancels it. When this returns, what it ran is gone.
     *
     * @param by who does
     * @return false when it was over
     */
    boolean cancel(String by) {
        EndReason why = new EndReason(ErrorCode.CALL_CANCELLED, "the call was cancelled by " + by);
        if (giveUp(why.toException())) {
            return true;
        }
        Runnable kill;
        lock.lock();
        try {
            if (worker == null) {
                return false;
            }
            if (cancelled == null) {
                cancelled = why;
                // With the lock: from now on nobody lends the worker to another call, whenever this one ends.
                kill = worker.condemn(why);
            } else {
                kill = this::awaitGone;
            }
        } finally {
            lock.unlock();
        }
        try {
            kill.run();
        } finally {
            boolean unused = gone.complete(null);
        }
        return true;
    }

    /** Somebody else has cancelled it just before. */
    private void awaitGone() {
        try {
            gone.get(KILL_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("call={} was cancelled, and what it ran is not known to be gone", info(), e);
        }
    }
}
