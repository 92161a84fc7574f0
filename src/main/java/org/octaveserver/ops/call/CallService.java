package org.octaveserver.ops.call;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.pool.Lease;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.worker.LimitPolicy;
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
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Calls.
     *
     * @param limits how long a call may take at most
     */
    public CallService(
            CallSettings settings, LimitPolicy limits, WorkerPool pool, Routing routing, CallListener listener) {
        this.limits = limits;
        this.settings = settings;
        this.pool = pool;
        this.routing = routing;
        this.listener = listener;
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
     * @throws OpsException when the function did not run to its end and did not throw: refused ({@code QUEUE_FULL}), too
     *     late ({@code NO_WORKER_IN_TIME}, {@code CALL_TIMEOUT}), its process gone ({@code WORKER_EXITED},
     *     {@code WORKER_CRASHED}), an output without encoding ({@code UNSUPPORTED_OUTPUT})
     */
    public CallOutcome call(CallTarget target, int outputs, List<OctaveValue> arguments) {
        CallListener.Tracked tracked = listener.arrived();
        boolean answered = false;
        try {
            CallRequest request = new CallRequest("", target.function().name(), outputs, arguments);
            CallOutcome outcome = run(target, request, tracked);
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
            tracked.ended(answered);
        }
    }

    private CallOutcome run(CallTarget target, CallRequest request, CallListener.Tracked tracked) {
        BundleVersion bundle = target.bundle();
        Deadline deadline = Deadline.after(
                limits.timeout(bundle.manifest().serving().timeout().orElse(settings.timeout())));
        Leased leased = lease(target, deadline);
        WorkerSpec spec = leased.spec();
        try (Lease lease = leased.lease()) {
            tracked.started();
            WorkerAnswer answer = lease.worker().call(request, deadline);
            LOG.debug(
                    "bundle={} function={} worker={} printed={}",
                    spec.label(),
                    request.function(),
                    lease.worker().id(),
                    answer.printed());
            if (!answer.metrics().isEmpty()) {
                listener.reported(bundle.name().text(), answer.metrics());
            }
            return outcome(spec, answer);
        }
    }

    /** A worker, and what it was started for. */
    private record Leased(Lease lease, WorkerSpec spec) {}

    private Leased lease(CallTarget target, Deadline deadline) {
        admit();
        try {
            WorkerSpec spec = routing.spec(target, deadline);
            try {
                return new Leased(lease(spec, deadline), spec);
            } catch (OpsException e) {
                if (e.code() != ErrorCode.RUNTIME_CHANGED) {
                    throw e;
                }
            }
            WorkerSpec anew = routing.specAnew(target, deadline);
            return new Leased(lease(anew, deadline), anew);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Lease lease(WorkerSpec spec, Deadline deadline) {
        CompletableFuture<Lease> asked = pool.ask(spec);
        try {
            return asked.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw giveUp(
                    asked,
                    new OpsException(
                            ErrorCode.NO_WORKER_IN_TIME,
                            "no worker became free within " + deadline.allowed().toMillis() + " ms (" + pool.figures()
                                    + ")",
                            e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw giveUp(asked, new OpsException(ErrorCode.SHUTTING_DOWN, "the call was interrupted", e));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof OpsException known
                    ? new OpsException(known.code(), known.getMessage(), known)
                    : new OpsException(ErrorCode.INTERNAL, "no worker could be leased", e);
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

    private CallOutcome outcome(WorkerSpec spec, WorkerAnswer answer) {
        if (answer.answer() instanceof Answer.Result result) {
            return new CallOutcome.Returned(result.outputs(), answer.printed());
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
