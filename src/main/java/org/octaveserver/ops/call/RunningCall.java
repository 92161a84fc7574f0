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
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.worker.EndReason;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerState;

/**
 * One call on its way, from its admission to its outcome. It takes no thread. Anybody may look at it or cancel it: a call
 * that waits stops waiting, and the worker of one that runs is killed with all that it has started. Thread-safe.
 */
final class RunningCall {
    private static final Logger LOG = LogManager.getLogger(RunningCall.class);
    /** More than the end of processes ever takes. */
    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);

    private final Deadline deadline;
    private final Attendance attendance;
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

    /** Whether the function is to end by itself. */
    @GuardedBy("lock")
    private boolean asked;

    /** Whose output is this call's: while it runs in it, and when it has died of it. */
    @GuardedBy("lock")
    private @Nullable Worker printing;

    /** What it has printed, when that is known. */
    @GuardedBy("lock")
    private String printed = "";

    /** Calls off what it waits for. */
    @GuardedBy("lock")
    private Runnable withdrawal = () -> {};

    /**
     * A call that waits.
     *
     * @param deadline by which it must be answered
     */
    RunningCall(CallInfo info, Deadline deadline) {
        this(info, deadline, Attendance.NONE);
    }

    /**
     * One that somebody looks after.
     *
     * @param deadline by which it must have a worker
     */
    RunningCall(CallInfo info, Deadline deadline, Attendance attendance) {
        this.info = info;
        this.deadline = deadline;
        this.attendance = attendance;
        this.state = CallState.begin(info.origin().id());
    }

    /** By when it must have a worker. */
    Deadline deadline() {
        return deadline;
    }

    /** By when the function must have ended that begins now. */
    Deadline runDeadline() {
        return isAttended() ? Deadline.after(attendance.runLimit()) : deadline;
    }

    boolean isAttended() {
        return attendance.attendant() != CallAttendant.NONE;
    }

    CallAttendant attendant() {
        return attendance.attendant();
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

    /** The function runs in its worker, unless it has ended meanwhile. */
    void hasBegun() {
        lock.lock();
        try {
            printing = worker;
            if (worker != null && asked) {
                worker.askToEnd();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whoever looks at it or cancels it has the worker only until here: the next call may have it then. What a dead one has
     * printed stays what this call did.
     *
     * @param all what it has printed, if that is known
     */
    void leaves(String all) {
        lock.lock();
        try {
            printed = all;
            if (worker == null || worker.state() != WorkerState.DEAD) {
                printing = null;
            }
            worker = null;
        } finally {
            lock.unlock();
        }
    }

    /** What it has printed so far, up to the limit that is kept. */
    String printed() {
        Worker alive;
        lock.lock();
        try {
            alive = printing;
            if (alive == null) {
                return printed;
            }
            if (alive.state() != WorkerState.DEAD) {
                // With the lock: another call may have the worker at once.
                return alive.printedSoFar();
            }
        } finally {
            lock.unlock();
        }
        return alive.printed();
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
        return cancel(cancelled(by, ""));
    }

    private static EndReason cancelled(String by, String more) {
        return new EndReason(ErrorCode.CALL_CANCELLED, "the call was cancelled by " + by + more);
    }

    /**
     * Cancels it, and leaves a function that runs time to end by itself, with the outcome that it then has.
     *
     * @param grace how much
     * @param watchdog cancels it for good after that
     * @return false when it was over
     */
    boolean cancel(String by, Duration grace, Watchdog watchdog) {
        if (grace.isZero() || grace.isNegative()) {
            return cancel(by);
        }
        if (giveUp(cancelled(by, "").toException())) {
            return true;
        }
        if (!ask()) {
            return false;
        }
        EndReason why = cancelled(by, ", and had not ended after " + EndReason.readable(grace));
        Watchdog.Watch watch = watchdog.watch(Deadline.after(grace), () -> {
            boolean unused = cancel(why);
        });
        CompletableFuture<?> unused = outcome.whenComplete((its, failure) -> watch.close());
        return true;
    }

    private boolean ask() {
        lock.lock();
        try {
            if (worker == null) {
                return false;
            }
            asked = true;
            // With the lock: no other call has the worker yet.
            worker.askToEnd();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean cancel(EndReason why) {
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
