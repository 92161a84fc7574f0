package org.octaveserver.ops.call;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
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
    private static final Logger LOG = LogManager.getLogger(RunningCall.class);
    /** More than the end of processes ever takes. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);

    private final Deadline deadline;
    private final Consumer<RunningCall> onEnd;
    /** Completes when nothing is to be waited for any more, with the reason. */
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
    /** Completes when what it ran is gone, after it was cancelled. */
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    /** Held for moments only: whoever looks at calls must not wait for processes. */
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
        Runnable kill;
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            if (cancelled != null) {
                kill = this::awaitGone;
            } else {
                cancelled = why;
                boolean unused = givenUp.completeExceptionally(why.toException());
                // With the lock: from now on nobody lends the worker to another call, whenever this one ends.
                kill = worker == null ? () -> {} : worker.condemn(why);
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
