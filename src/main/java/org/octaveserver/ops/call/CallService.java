package org.octaveserver.ops.call;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.Serving;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.pool.Lease;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.worker.Isolation;
import org.octaveserver.ops.worker.LimitPolicy;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerAnswer;
import org.octaveserver.ops.worker.WorkerSpec;

/** Runs calls: admission, lease, worker, outcome. Thread-safe; a call blocks its thread. */
public final class CallService {
    private static final Logger LOG = LogManager.getLogger(CallService.class);

    private final CallSettings settings;
    private final LimitPolicy limits;
    private final WorkerPool pool;
    private final Routing routing;
    private final CallListener listener;
    private final RunningCalls running;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Calls.
     *
     * @param limits how long a call may take at most
     */
    public CallService(
            CallSettings settings,
            LimitPolicy limits,
            WorkerPool pool,
            Routing routing,
            CallListener listener,
            RunningCalls running) {
        this.limits = limits;
        this.settings = settings;
        this.pool = pool;
        this.routing = routing;
        this.listener = listener;
        this.running = running;
    }

    /**
     * What a call goes to now.
     *
     * @param bundle {@code name} or {@code name@version}
     * @throws OpsException {@code BUNDLE_NOT_FOUND} or {@code FUNCTION_NOT_FOUND}, saying what there is
     */
    public CallTarget resolve(String bundle, String function) {
        try {
            return routing.resolve(bundle, function);
        } catch (OpsException e) {
            listener.refused();
            throw e;
        }
    }

    /**
     * Runs a function.
     *
     * @param outputs how many outputs are asked for
     * @param options what the caller wants otherwise than the bundle says
     * @param origin where the call comes from; by its id it can be cancelled
     * @throws OpsException when the function did not run to its end and did not throw: refused ({@code QUEUE_FULL}), too
     *     late ({@code NO_WORKER_IN_TIME}, {@code CALL_TIMEOUT}), cancelled ({@code CALL_CANCELLED}), its process gone ({@code WORKER_EXITED},
     *     {@code WORKER_CRASHED}), an output without encoding ({@code UNSUPPORTED_OUTPUT})
     */
    public CallOutcome call(
            CallTarget target, int outputs, List<OctaveValue> arguments, CallOptions options, CallOrigin origin) {
        CallListener.Tracked tracked = listener.arrived();
        RunningCall one = running.begin(origin, target, deadline(target));
        boolean answered = false;
        try {
            Serving serving = target.bundle().manifest().serving();
            CallRequest request =
                    new CallRequest("", target.function().name(), outputs, arguments, options.figures(serving));
            CallOutcome outcome = run(target, request, options.isolation(serving), one, tracked);
            answered = true;
            return outcome;
        } catch (OpsException e) {
            LOG.warn(
                    "bundle={} function={} error={} {}",
                    target.bundle().id(),
                    target.function().name(),
                    e.code(),
                    e.getMessage());
            throw e;
        } finally {
            one.end();
            tracked.ended(answered);
        }
    }

    private Deadline deadline(CallTarget target) {
        return Deadline.after(
                limits.timeout(target.bundle().manifest().serving().timeout().orElse(settings.timeout())));
    }

    private CallOutcome run(
            CallTarget target,
            CallRequest request,
            Isolation isolation,
            RunningCall one,
            CallListener.Tracked tracked) {
        BundleVersion bundle = target.bundle();
        Leased leased = lease(target, isolation, one);
        WorkerSpec spec = leased.spec();
        try (Lease lease = leased.lease()) {
            tracked.started();
            WorkerAnswer answer = answer(lease.worker(), request, one);
            LOG.debug(
                    "bundle={} function={} worker={} printed={}",
                    spec.label(),
                    request.function(),
                    lease.worker().id(),
                    answer.printed());
            if (!answer.metrics().isEmpty()) {
                listener.reported(bundle.name().text(), answer.metrics());
            }
            return outcome(spec, request, answer);
        }
    }

    /** Whoever cancels the call has the worker only until here: the next call may have it then. */
    private static WorkerAnswer answer(Worker worker, CallRequest request, RunningCall one) {
        one.runs(worker);
        try {
            return worker.call(request, one.deadline());
        } finally {
            one.end();
        }
    }

    /** A worker, and what it was started for. */
    private record Leased(Lease lease, WorkerSpec spec) {}

    private Leased lease(CallTarget target, Isolation isolation, RunningCall one) {
        admit();
        try {
            WorkerSpec spec = routing.spec(target, one);
            try {
                return new Leased(lease(spec, isolation, one), spec);
            } catch (OpsException e) {
                if (e.code() != ErrorCode.RUNTIME_CHANGED) {
                    throw e;
                }
            }
            WorkerSpec anew = routing.specAnew(target, one);
            return new Leased(lease(anew, isolation, one), anew);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Lease lease(WorkerSpec spec, Isolation isolation, RunningCall one) {
        CompletableFuture<Lease> asked = pool.ask(spec, isolation);
        try {
            return one.await(asked);
        } catch (TimeoutException e) {
            throw giveUp(
                    asked,
                    new OpsException(
                            ErrorCode.NO_WORKER_IN_TIME,
                            "no worker became free within "
                                    + one.deadline().allowed().toMillis() + " ms (" + pool.figures() + ")",
                            e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw giveUp(asked, new OpsException(ErrorCode.SHUTTING_DOWN, "the call was interrupted", e));
        } catch (ExecutionException e) {
            throw giveUp(
                    asked,
                    e.getCause() instanceof OpsException known
                            ? new OpsException(known.code(), known.getMessage(), known)
                            : new OpsException(ErrorCode.INTERNAL, "no worker could be leased", e));
        }
    }

    /** One atomic step: of two calls for the last place one is refused. */
    private void admit() {
        int limit = settings.maxWaiting();
        int before = waiting.getAndUpdate(count -> count < limit ? count + 1 : count);
        if (before >= limit) {
            throw new OpsException(
                    ErrorCode.QUEUE_FULL, "queue full: " + before + " calls wait (" + pool.figures() + ")");
        }
    }

    /** A lease that came at the last moment goes back. */
    private static OpsException giveUp(CompletableFuture<Lease> asked, OpsException why) {
        if (!asked.cancel(false) && !asked.isCompletedExceptionally()) {
            asked.join().close();
        }
        return why;
    }

    private CallOutcome outcome(WorkerSpec spec, CallRequest request, WorkerAnswer answer) {
        if (answer.answer() instanceof Answer.Result result) {
            Optional<List<Figure>> figures =
                    request.figures() == FigureFormat.NONE ? Optional.empty() : Optional.of(answer.figures());
            return new CallOutcome.Returned(result.outputs(), answer.printed(), figures);
        }
        if (answer.answer() instanceof Answer.Failed failed) {
            return failure(spec, failed.failure(), answer.printed());
        }
        throw new OpsException(ErrorCode.INTERNAL, "a worker answered a call with " + answer.answer());
    }

    private CallOutcome failure(WorkerSpec spec, OctaveFailure failure, String printed) {
        return switch (failure.reason()) {
            case THROWN ->
                new CallOutcome.Threw(failure.identifier(), failure.message(), stack(spec, failure), printed);
            case NO_ENCODING -> throw new OpsException(ErrorCode.UNSUPPORTED_OUTPUT, failure.message());
            case REFUSED -> throw new OpsException(ErrorCode.INVALID_ARGUMENT, failure.message());
        };
    }

    private List<CallOutcome.Frame> stack(WorkerSpec spec, OctaveFailure failure) {
        if (settings.hideErrorStack()) {
            return List.of();
        }
        return failure.stack().stream().map(frame -> frame(spec, frame)).toList();
    }

    /** Callers have no use for, and no right to, the server's directories. */
    private static CallOutcome.Frame frame(WorkerSpec spec, OctaveFailure.StackFrame frame) {
        String file = frame.file();
        for (var folder : spec.loadPath()) {
            String prefix = folder + "/";
            if (file.startsWith(prefix)) {
                file = file.substring(prefix.length());
            }
        }
        boolean elsewhere = file.startsWith("/");
        return new CallOutcome.Frame(
                elsewhere ? file.substring(file.lastIndexOf('/') + 1) : file, frame.name(), frame.line());
    }
}
