package org.octaveserver.ops.worker;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.StateMachine;
import org.octaveserver.ops.lifecycle.Step;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.Frame;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.MetricUpdate;
import org.octaveserver.ops.wire.ProgressReport;
import org.octaveserver.ops.wire.Settled;
import org.octaveserver.ops.wire.WireException;

/**
 * One call in a worker, which takes no thread: the thread that begins it sends the request, and the one that reads the
 * worker's channel moves it on with each frame. Whoever kills the worker ends it.
 */
final class WorkerCall implements WorkerChannel.Exchange {
    private static final Logger LOG = LogManager.getLogger(WorkerCall.class);
    /** How long the end of an answered request's output may lag behind the answer: both are in pipes already. */
    private static final Duration MARK_LIMIT = Duration.ofSeconds(2);

    /** User code has a part in it (callbacks of figures, for example), and the caller waits for it. */
    private static final Duration RESET_LIMIT = Duration.ofSeconds(2);

    private final Worker worker;
    private final Worker.Parts parts;
    private final Leftovers leftovers;
    private final CallRequest request;
    private final Consumer<ProgressReport> progress;
    private final Watchdog.Watch watch;
    private final StateMachine<CallPhase> phase;
    private final CompletableFuture<WorkerAnswer> outcome = new CompletableFuture<>();
    /** Why there is no answer. */
    private final AtomicReference<@Nullable Throwable> why = new AtomicReference<>();

    // Of the thread that reads, but for the answer.
    private @Nullable List<MetricUpdate> metrics;
    private @Nullable List<Figure> figures;
    private Watchdog.@Nullable Watch resetWatch;
    private boolean answeredInTime;
    private volatile @Nullable WorkerAnswer answer;

    /**
     * A call that is still to be sent; its time runs.
     *
     * @param progress is told how far it is
     */
    WorkerCall(
            Worker worker,
            Worker.Parts parts,
            Leftovers leftovers,
            CallRequest request,
            Deadline deadline,
            Consumer<ProgressReport> progress) {
        this.worker = worker;
        this.parts = parts;
        this.leftovers = leftovers;
        this.request = request;
        this.progress = progress;
        this.phase = CallPhase.begin(worker.id());
        this.watch =
                parts.oversight().watchdog().watch(deadline, () -> worker.kill(EndReason.deadline(deadline.allowed())));
    }

    /** Sends the request; the outcome comes when the worker can take another call, or is dead. */
    CompletableFuture<WorkerAnswer> begin() {
        Step.take(
                () -> {
                    parts.oversight().watch().begins(worker);
                    parts.channel().call(request.marked(parts.output().begin()), this);
                },
                this::failed);
        return outcome;
    }

    @Override
    public void came(Frame frame, long number) {
        Step.take(() -> move(frame, number), this::failed);
    }

    private void move(Frame frame, long number) throws IOException {
        switch (phase.get()) {
            case RUNNING -> runningCame(frame, number);
            case RESETTING -> resettingCame(frame, number);
            case SEPARATING -> {
                Answer unused = Answer.of(frame, FrameKind.PING, number);
                awaitOutput();
                settle();
            }
            case OVER -> LOG.debug("worker={} sent {} when its call was over", worker.id(), frame.kind());
        }
    }

    private void failed(Throwable why) {
        if (why instanceof IOException end) {
            ended(end);
        } else {
            fail(why);
        }
    }

    private void runningCame(Frame frame, long number) throws IOException {
        if (frame.kind() == FrameKind.PROGRESS && metrics == null && figures == null) {
            progress.accept(ProgressReport.read(frame, number));
        } else if (frame.kind() == FrameKind.METRICS && metrics == null && figures == null) {
            metrics = MetricUpdate.read(frame, number);
        } else if (frame.kind() == FrameKind.FIGURES && figures == null) {
            figures = Figure.read(frame, number, request.figures());
        } else {
            answered(Answer.of(frame, FrameKind.CALL, number));
        }
    }

    private void answered(Answer came) throws IOException {
        if (came instanceof Answer.Result result && result.outputs().size() != request.outputs()) {
            throw new WireException(
                    result.outputs().size() + " outputs came where " + request.outputs() + " were asked for");
        }
        awaitOutput();
        worker.refuseExcess();
        worker.countCall();
        EndReason late = new EndReason(ErrorCode.WORKER_PROTOCOL, "what its call left behind was not undone in time");
        resetWatch = parts.oversight().watchdog().watch(Deadline.after(RESET_LIMIT), () -> worker.kill(late));
        // When the deadline's kill has begun already, the answer stands, and is the worker's last.
        answeredInTime = watch.close();
        answer = new WorkerAnswer(
                LimitReasons.named(worker.limits(), came),
                parts.output().kept(),
                Optional.ofNullable(metrics).orElse(List.of()),
                Optional.ofNullable(figures).orElse(List.of()));
        boolean unused = phase.move(CallPhase.RUNNING, CallPhase.RESETTING);
    }

    /** A worker that cannot undo what a call left behind is of no use to the next call; the answer stands. */
    private void resettingCame(Frame frame, long number) throws IOException {
        Settled settled = Settled.of(frame, number);
        if (settled.undone()) {
            parts.output().forget();
        }
        if (!leftovers.arePossible(settled)) {
            settle();
        } else if (leftovers.exist()) {
            LOG.info("worker={} is not used again: its call has left programs running that can print", worker.id());
            worker.outdate();
            settle();
        } else {
            separate();
        }
    }

    /** What programs printed that the call had started must not appear in the next one. */
    private void separate() throws IOException {
        String mark = parts.output().drop();
        if (mark.isEmpty()) {
            parts.output().forget();
            settle();
        } else if (phase.move(CallPhase.RESETTING, CallPhase.SEPARATING)) {
            parts.channel().ping(mark, this);
        }
    }

    private void settle() {
        boolean inTime = requireNonNull(resetWatch).close() && answeredInTime;
        if (phase.moveTo(CallPhase.OVER)) {
            parts.channel().release(this);
            if (inTime) {
                worker.settle();
            }
            outcome.complete(requireNonNull(answer));
        }
    }

    @Override
    public void ended(IOException failure) {
        EndReason reason = worker.end(failure);
        if (answer != null) {
            LOG.info("worker={} is not ready again: {}", worker.id(), reason.message());
        }
        finishWhenGone(reason.toException());
    }

    /** Nobody knows where in the stream the channel stands. */
    private void fail(Throwable failure) {
        finishWhenGone(failure);
        worker.kill(EndReason.failed());
    }

    /** The first failure counts. The channel may end before the worker's other processes do. */
    private void finishWhenGone(Throwable failure) {
        if (why.compareAndSet(null, failure)) {
            worker.whenGone(() -> finish(failure));
        }
    }

    private void finish(Throwable failure) {
        if (!phase.moveTo(CallPhase.OVER)) {
            return;
        }
        parts.channel().release(this);
        watch.close();
        Watchdog.Watch reset = resetWatch;
        if (reset != null) {
            reset.close();
        }
        WorkerAnswer whole = answer;
        boolean unused = whole != null ? outcome.complete(whole) : outcome.completeExceptionally(failure);
    }

    private void awaitOutput() throws WireException {
        if (!parts.output().awaitWhole(MARK_LIMIT)) {
            throw new WireException("its output was closed");
        }
    }
}
