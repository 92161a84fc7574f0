package org.octaveserver.ops.call;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.worker.EndReason;
import org.octaveserver.ops.worker.Worker;

/**
 * One call on its way. Its own thread moves it on; anybody may look at it or cancel it: a call that waits stops waiting,
 * and the worker of one that runs is killed with all that it has started.
 */
final class RunningCall {
    private final Deadline deadline;
    private final Consumer<RunningCall> onEnd;
    /** Completes when nothing is to be waited for any more, with the reason. */
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
    /** Held while a worker is killed, so that it is not lent to the next call before. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private CallInfo info;

    @GuardedBy("lock")
    private @Nullable Worker worker;

    @GuardedBy("lock")
    private @Nullable EndReason cancelled;

    @GuardedBy("lock")
    private boolean ended;

    /**
     * A call that waits.
     *
     * @param deadline by which it must be answered
     * @param onEnd what is done when it is over
     */
    RunningCall(CallInfo info, Deadline deadline, Consumer<RunningCall> onEnd) {
        this.info = info;
        this.deadline = deadline;
        this.onEnd = onEnd;
    }

    Deadline deadline() {
        return deadline;
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
     * Waits for something that the call needs, no longer than until its deadline.
     *
     * @throws ExecutionException with what the future failed with, or because the call was cancelled
     * @throws TimeoutException at the deadline
     */
    <T> T await(CompletableFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        if (!future.isDone()) {
            Object unused = CompletableFuture.anyOf(future, givenUp)
                    .get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        }
        return future.get(0, TimeUnit.NANOSECONDS);
    }

    /**
     * Notes that a worker has it now.
     *
     * @throws OpsException CALL_CANCELLED when it was cancelled before
     */
    void runs(Worker own) {
        lock.lock();
        try {
            if (cancelled != null) {
                throw cancelled.toException();
            }
            worker = own;
            info = info.running(own.pid());
        } finally {
            lock.unlock();
        }
    }

    /** It is over, and its worker is not its own any more. Doing it twice does no more. */
    void end() {
        lock.lock();
        try {
            worker = null;
            ended = true;
        } finally {
            lock.unlock();
        }
        onEnd.accept(this);
    }

    /**
     * Cancels it. When this returns, what it ran is gone.
     *
     * @param by who does
     * @return false when it was over
     */
    boolean cancel(String by) {
        EndReason why = new EndReason(ErrorCode.CALL_CANCELLED, "the call was cancelled by " + by);
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            cancelled = why;
            boolean unused = givenUp.completeExceptionally(why.toException());
            if (worker != null) {
                worker.kill(why);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
