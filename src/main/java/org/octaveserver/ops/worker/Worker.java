package org.octaveserver.ops.worker;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.StateMachine;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Hello;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.wire.ProgressReport;
import org.octaveserver.ops.wire.StartRequest;
import org.octaveserver.ops.wire.WireException;

/**
 * One Octave process that serves one bundle version, one call at a time.
 *
 * <p>Whoever holds the worker (its launcher, then one lease at a time) calls {@link #start}, {@link #call} and
 * {@link #shutdown}; only {@link #kill} and the getters may be called by anybody at any time. Whatever ends the process
 * says why through the first {@link EndReason}, and the caller of a running request gets that reason as its error.
 */
public final class Worker {
    private static final Logger LOG = LogManager.getLogger(Worker.class);
    /** How long the end of an answered request's output may lag behind the answer: both are in pipes already. */
    private static final Duration MARK_LIMIT = Duration.ofSeconds(2);

    /** How long what an ended process sent may take to be read. */
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(2);

    private final String id;
    private final WorkerProcess process;
    private final Parts parts;
    private final Runnable cleanUp;
    private final StateMachine<WorkerState> state;
    private final AtomicReference<@Nullable EndReason> endReason = new AtomicReference<>();
    private final AtomicReference<ProcessUsage> usage = new AtomicReference<>(ProcessUsage.NONE);
    private final AtomicLong calls = new AtomicLong();
    /** Completes when it is dead and all its processes are gone. */
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Held while the process is signalled, so that no signal outlives the call that it is for. */
    private final ReentrantLock interrupting = new ReentrantLock();

    private volatile @Nullable Hello hello;
    private volatile boolean outdated;
    private @Nullable Leftovers leftovers;

    /**
     * What a worker is made of, beside its process.
     *
     * @param channel for frames
     * @param output what it prints
     * @param oversight who looks after it
     * @param cancelMark tells its call that it is wanted no more
     */
    record Parts(WorkerChannel channel, WorkerOutput output, Oversight oversight, CancelMark cancelMark) {}

    Worker(String id, WorkerProcess process, Parts parts, Runnable cleanUp) {
        this.id = id;
        this.process = process;
        this.parts = parts;
        this.cleanUp = cleanUp;
        this.state = WorkerState.begin(id);
    }

    /** Its name in logs and statistics. */
    public String id() {
        return id;
    }

    public WorkerState state() {
        return state.get();
    }

    /** Whether it waits for a call and its process is there. */
    public boolean isUsable() {
        return state() == WorkerState.READY && endReason.get() == null && !outdated && process.isAlive();
    }

    /** Something better can take its place: it is not lent any more. Its present call goes on. */
    void outdate() {
        outdated = true;
    }

    /** What its process has used; of one that has ended, what was known last. */
    public ProcessUsage usage() {
        return usage.updateAndGet(last -> process.usage().orElse(last.afterTheEnd()));
    }

    /** As long as the system still tells. */
    private void rememberUsage() {
        ProcessUsage unused = usage();
    }

    /** How many calls it has answered. */
    public long calls() {
        return calls.get();
    }

    public long pid() {
        return process.pid();
    }

    /** What it may use. */
    WorkerLimits limits() {
        return parts.oversight().limits();
    }

    /** How many processes it is when no program of user code runs. */
    int ownProcesses() {
        return process.ownProcesses();
    }

    /** What it said of itself; only after {@link #start}. */
    public Hello hello() {
        return requireNonNull(hello, "the worker has not started");
    }

    /**
     * Reads its HELLO, tells it what to load and waits until it is ready.
     *
     * @param warmup what it does before that
     */
    void start(StartRequest request, Optional<WarmupCall> warmup, Duration limit) {
        EndReason late = EndReason.startDeadline(limit);
        Watchdog.Watch watch = parts.oversight().watchdog().watch(Deadline.after(limit), () -> kill(late));
        boolean ready = false;
        try {
            hello = parts.channel().hello();
            Answer answer = parts.channel().start(request);
            awaitOutput();
            if (answer instanceof Answer.Failed failed) {
                throw startFailed(failed.failure());
            }
            if (warmup.isPresent()) {
                Warmup.run(warmup.get(), id, parts.channel(), parts.output());
            }
            if (!watch.close()) {
                kill(late);
            }
            leftovers = Leftovers.of(pid(), pid() == hello().pid());
            move(WorkerState.STARTING, WorkerState.READY);
            ready = true;
        } catch (IOException e) {
            EndReason why = end(e);
            throw new OpsException(
                    ErrorCode.WORKER_START_FAILED,
                    "no worker could be started: " + why.message() + printedSuffix() + limits().startNote(),
                    e);
        } finally {
            watch.close();
            if (!ready) {
                kill(EndReason.failed());
            }
        }
    }

    private OpsException startFailed(OctaveFailure failure) {
        EndReason why = new EndReason(
                ErrorCode.WORKER_START_FAILED, "loading failed: " + failure.message() + limits().startNote());
        kill(why);
        return why.toException();
    }

    /**
     * Runs a function.
     *
     * @param request what to run; its output mark is replaced by this worker's own
     * @param deadline when the process is killed if it has not answered
     * @param progress is told how far the function says that it is, on the thread that reads the worker's answers
     * @return completes when the worker can take another call or is dead: with the outputs, or the error that the function
     *     threw; or with an {@link OpsException} when the process ended or was killed instead, with the reason. What hangs on it
     *     runs on the thread that reads the worker's answers, or on that of whoever killed it
     * @throws OpsException when it is dead already, with the reason
     */
    public CompletableFuture<WorkerAnswer> begin(
            CallRequest request, Deadline deadline, Consumer<ProgressReport> progress) {
        move(WorkerState.READY, WorkerState.BUSY);
        Leftovers left = requireNonNull(leftovers, "the worker has not started");
        return new WorkerCall(this, parts, left, request, deadline, progress).begin();
    }

    /** The same for a thread that waits until the call is over. */
    public WorkerAnswer call(CallRequest request, Deadline deadline) {
        try {
            return begin(request, deadline, progress -> {}).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw end(new InterruptedIOException("interrupted while a worker was waited for"))
                    .toException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure && !(failure instanceof OpsException)
                    ? failure
                    : OpsException.of(e.getCause());
        }
    }

    /** What the last request printed, up to the limit that is kept; for whoever holds the worker, also when it died. */
    public String printed() {
        boolean unused = parts.output().awaitWhole(MARK_LIMIT);
        return parts.output().kept();
    }

    /** The same while a request runs, as far as it has come. */
    public String printedSoFar() {
        return parts.output().kept();
    }

    /** An answer that comes with too much output is none, whichever is noticed first. */
    void refuseExcess() {
        parts.output().tellExcess();
        EndReason why = endReason.get();
        if (why != null && why.code() == ErrorCode.OUTPUT_LIMIT) {
            throw why.toException();
        }
    }

    void countCall() {
        calls.incrementAndGet();
    }

    /** Its call is over, and it can take another one, which must not take itself for cancelled. */
    void settle() {
        Runnable kill = () -> {};
        interrupting.lock();
        try {
            parts.cancelMark().clear();
            boolean unused = state.move(WorkerState.BUSY, WorkerState.READY);
        } catch (IOException e) {
            LOG.warn("worker={} is not used again: its call stays marked as cancelled", id, e);
            kill = condemn(EndReason.unneeded());
        } finally {
            interrupting.unlock();
        }
        kill.run();
    }

    /**
     * Tells the present call, if there is one, that it is wanted no more: {@code ops.cancelled} answers true until it has
     * ended. Nothing else happens to it.
     */
    public void askToEnd() {
        interrupting.lock();
        try {
            if (state() == WorkerState.BUSY) {
                parts.cancelMark().set();
            }
        } catch (IOException e) {
            LOG.warn("worker={} cannot be told that its call is cancelled", id, e);
        } finally {
            interrupting.unlock();
        }
    }

    /**
     * Stops the statement that the present call runs; what the worker keeps in variables stays. The call then ends with
     * the error {@code ops:interrupted}, as soon as Octave looks, unless it has just ended otherwise. Of use to whoever
     * holds the worker, on another thread than that of the call.
     *
     * @return false when no call runs, or when the implementation cannot: the portable one
     */
    public boolean interrupt() {
        interrupting.lock();
        try {
            Hello known = hello;
            if (state() != WorkerState.BUSY
                    || known == null
                    || !known.implementation().equals("native")) {
                return false;
            }
            process.interrupt();
            return true;
        } finally {
            interrupting.unlock();
        }
    }

    /** Asks an idle worker to end, and kills it when it does not. */
    public void shutdown(Duration limit) {
        shutdown(limit, EndReason.unneeded());
    }

    /** The same, for a reason. */
    public void shutdown(Duration limit, EndReason why) {
        rememberUsage();
        if (state.move(WorkerState.READY, WorkerState.STOPPING)) {
            try {
                parts.channel().shutdown();
                OptionalInt unused = process.awaitExit(limit);
            } catch (IOException e) {
                LOG.debug("worker={} ended before it was asked to", id, e);
            }
            kill(why);
        }
        kill(EndReason.stopped());
    }

    /** Kills the process and all that it has started. The first reason counts; later calls do nothing. */
    public void kill(EndReason reason) {
        condemn(reason).run();
    }

    /**
     * Makes it dead for everybody at once: from now on it is not lent any more.
     *
     * @return kills the process and all that it has started, which may take seconds; to be run in any case
     */
    public Runnable condemn(EndReason reason) {
        if (!endReason.compareAndSet(null, reason)) {
            return () -> {};
        }
        // Before the process ends: nobody may take the worker for usable meanwhile.
        WorkerState before = state.get();
        if (state.moveTo(WorkerState.DEAD)) {
            LOG.info("worker={} from={} to=DEAD calls={} reason={}", id, before, calls, reason.message());
        }
        return this::finish;
    }

    private void finish() {
        try {
            rememberUsage();
        } finally {
            killAndTell();
        }
    }

    private void killAndTell() {
        try {
            process.killGroup();
            parts.channel().abandon();
            cleanUp.run();
        } finally {
            // Last: whoever is told goes on, perhaps for long, and may begin the next call.
            boolean unused = gone.complete(null);
        }
    }

    /** Does something when the processes of a worker that was killed are gone; at once, or on the thread that kills. */
    void whenGone(Runnable action) {
        CompletableFuture<?> unused = gone.thenRun(action);
    }

    /**
     * To be called when the process has ended. What it sent before is in the pipe, and read soon; the end of the pipe may
     * never come, when a program that it left behind holds the other side.
     */
    void processEnded() {
        Watchdog.Watch unused =
                parts.oversight().watchdog().watch(Deadline.after(EXIT_LIMIT), parts.channel()::abandon);
    }

    /** What to do when the channel fails: find out why, make sure that all is gone, answer the reason. */
    EndReason end(IOException failure) {
        EndReason known = endReason.get();
        if (known != null) {
            return known;
        }
        kill(EndReason.of(failure, process, limits()));
        return requireNonNull(endReason.get());
    }

    private void awaitOutput() throws WireException {
        if (!parts.output().awaitWhole(MARK_LIMIT)) {
            throw new WireException("its output was closed");
        }
    }

    /** The process is dead: its output ends as soon as all of it was read. */
    private String printedSuffix() {
        String printed = printed().strip();
        return printed.isEmpty() ? "" : "; it printed: " + printed;
    }

    private void move(WorkerState from, WorkerState to) {
        if (!state.move(from, to)) {
            EndReason why = endReason.get();
            throw why != null
                    ? why.toException()
                    : new IllegalStateException("worker " + id + " is " + state.get() + ", not " + from);
        }
    }
}
