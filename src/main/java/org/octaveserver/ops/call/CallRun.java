package org.octaveserver.ops.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Step;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.pool.Claim;
import org.octaveserver.ops.pool.Lease;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.ProgressReport;
import org.octaveserver.ops.worker.WorkerAnswer;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * The steps of one call: what to start a worker for, the claim, the lease, the worker's answer. None takes a thread while it
 * waits; each is taken by the thread that ends the wait.
 */
final class CallRun {
    private static final Logger LOG = LogManager.getLogger(CallRun.class);
    /** How long a worker may wait for whoever looks after its call. */
    private static final Duration BEGIN_LIMIT = Duration.ofMinutes(2);

    private final Parts parts;
    private final CallTarget target;
    private final CallRequest request;
    private final Claim claim;
    private final RunningCall call;
    private final Admission.Ticket ticket;
    private volatile Supplier<OpsException> lateness;
    private volatile Watchdog.@Nullable Watch watch;
    private volatile boolean ran;

    /** What a call needs before it asks for a worker. */
    interface Preparing {
        /** What it asks the pool for, when what that loads is there. */
        CompletableFuture<WorkerSpec> spec(CallTarget target);

        /** The same when the runtime has turned out to be another than it was. */
        CompletableFuture<WorkerSpec> specAnew(CallTarget target);

        /** Why it has not got so far before its deadline. */
        OpsException notReady(CallTarget target, Deadline deadline);
    }

    /**
     * What all calls use.
     *
     * @param outcomes makes outcomes of answers
     */
    record Parts(WorkerPool pool, Preparing routing, CallListener listener, Watchdog watchdog, Outcomes outcomes) {}

    /**
     * A call that was let in.
     *
     * @param request whole, but for the arguments of one that is attended
     * @param ticket of its admission
     */
    CallRun(
            Parts parts,
            CallTarget target,
            CallRequest request,
            Claim claim,
            RunningCall call,
            Admission.Ticket ticket) {
        this.parts = parts;
        this.target = target;
        this.request = request;
        this.claim = claim;
        this.call = call;
        this.ticket = ticket;
        this.lateness = () -> parts.routing().notReady(target, call.deadline());
    }

    /** Begins; answers what completes when all is counted. */
    CompletableFuture<CallOutcome> start() {
        CallListener.Tracked tracked = parts.listener().arrived();
        CompletableFuture<CallOutcome> counted = call.outcome().whenComplete((outcome, failure) -> {
            close(watch);
            if (!ran) {
                ticket.gaveUp();
            }
            tracked.ended(failure == null);
        });
        prepare(() -> parts.routing().spec(target), tracked, true);
        return counted;
    }

    private void prepare(Supplier<CompletableFuture<WorkerSpec>> spec, CallListener.Tracked tracked, boolean first) {
        step(() -> {
            CompletableFuture<WorkerSpec> made = spec.get();
            watchDeadline(made);
            var unused = made.whenComplete((ready, failure) -> step(() -> {
                if (failure != null) {
                    fail(OpsException.of(failure));
                } else {
                    ask(ready, tracked, first);
                }
            }));
        });
    }

    /** What fails in a callback would be told to nobody, and its caller would wait for ever. */
    private void step(Step.Action next) {
        Step.take(next, failure -> fail(OpsException.of(failure)));
    }

    private void ask(WorkerSpec spec, CallListener.Tracked tracked, boolean first) {
        lateness = this::noWorkerInTime;
        CompletableFuture<Lease> asked = parts.pool().ask(spec, claim);
        if (!asked.isDone()) {
            call.waits(() -> asked.cancel(false));
            watchDeadline(asked);
        }
        var unused = asked.whenComplete((lease, failure) -> step(() -> {
            if (lease != null) {
                lent(lease, spec, tracked);
            } else if (first && failure instanceof OpsException known && known.code() == ErrorCode.RUNTIME_CHANGED) {
                prepare(() -> parts.routing().specAnew(target), tracked, false);
            } else {
                // One that was given up has been told why.
                fail(OpsException.of(failure));
            }
        }));
    }

    private void watchDeadline(CompletableFuture<?> awaited) {
        if (!awaited.isDone() && watch == null) {
            watch = parts.watchdog().watch(call.deadline(), () -> giveUp(tooLate()));
        }
    }

    private OpsException tooLate() {
        try {
            return lateness.get();
        } catch (OpsException e) {
            // What it waits for is not there any more at all.
            return e;
        }
    }

    private OpsException noWorkerInTime() {
        return new OpsException(
                ErrorCode.NO_WORKER_IN_TIME,
                "no worker became free within " + call.deadline().allowed().toMillis() + " ms ("
                        + parts.pool().figures() + ")");
    }

    private void lent(Lease lease, WorkerSpec spec, CallListener.Tracked tracked) {
        if (call.isAttended()) {
            attend(lease, arguments -> run(lease, spec, request.with(arguments), tracked));
        } else {
            run(lease, spec, request, tracked);
        }
    }

    /** Until whoever looks after it has said that it begins, it waits: given up, it gives the worker back unused. */
    private void attend(Lease lease, Consumer<List<OctaveValue>> begin) {
        close(watch);
        call.waits(lease::close);
        if (call.outcome().isDone()) {
            return;
        }
        Step.take(
                () -> {
                    CompletableFuture<List<OctaveValue>> begins =
                            call.attendant().begins();
                    if (!begins.isDone()) {
                        watch = parts.watchdog().watch(Deadline.after(BEGIN_LIMIT), () -> giveUp(notBegun()));
                    }
                    var unused = begins.whenComplete((arguments, failure) -> step(() -> {
                        if (failure == null) {
                            begin.accept(arguments);
                        } else {
                            giveUp(OpsException.of(failure));
                        }
                    }));
                },
                failure -> giveUp(OpsException.of(failure)));
    }

    private static OpsException notBegun() {
        return new OpsException(
                ErrorCode.JOB_STORE_UNAVAILABLE,
                "the call had a worker, and was not noted to begin within " + BEGIN_LIMIT.toSeconds() + " s");
    }

    private void giveUp(OpsException why) {
        boolean unused = call.giveUp(why);
    }

    private void run(Lease lease, WorkerSpec spec, CallRequest whole, CallListener.Tracked tracked) {
        if (!call.runs(lease.worker())) {
            lease.close();
            return;
        }
        ran = true;
        ticket.runs();
        Step.take(
                () -> begin(lease, spec, whole, tracked),
                failure -> step(() -> {
                    giveBack(lease, "");
                    fail(OpsException.of(failure));
                }));
    }

    private void begin(Lease lease, WorkerSpec spec, CallRequest whole, CallListener.Tracked tracked) {
        close(watch);
        tracked.started();
        CompletableFuture<WorkerAnswer> begun = lease.worker().begin(whole, call.runDeadline(), this::progressed);
        call.hasBegun();
        var unused = begun.whenComplete((answer, failure) -> step(() -> {
            // First of all: the next call begins.
            giveBack(lease, answer == null ? "" : answer.printed());
            if (failure != null) {
                fail(OpsException.of(failure));
            } else {
                complete(spec, answer);
            }
        }));
    }

    /** What whoever looks after it does wrong is no fault of the worker's. */
    private void progressed(ProgressReport report) {
        try {
            call.attendant().progressed(report.fraction(), report.message());
        } catch (RuntimeException e) {
            LOG.error("call={} the progress of a call was told in vain", call.info(), e);
        }
    }

    private void giveBack(Lease lease, String printed) {
        try (lease) {
            call.leaves(printed);
            ticket.ran();
        }
    }

    private void complete(WorkerSpec spec, WorkerAnswer answer) {
        LOG.debug("bundle={} function={} printed={}", spec.label(), request.function(), answer.printed());
        if (!answer.metrics().isEmpty()) {
            parts.listener().reported(target.bundle().name().text(), answer.metrics());
        }
        call.complete(parts.outcomes().of(spec, request, answer));
    }

    private void fail(OpsException why) {
        call.fail(why);
    }

    private static void close(Watchdog.@Nullable Watch watch) {
        if (watch != null) {
            watch.close();
        }
    }
}
