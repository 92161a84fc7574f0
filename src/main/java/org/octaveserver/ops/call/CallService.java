package org.octaveserver.ops.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.Serving;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.pool.Claim;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.worker.LimitPolicy;

/** Runs calls: admission, claim, lease, worker, outcome. Thread-safe; a call takes no thread while it waits or runs. */
public final class CallService {
    private static final Logger LOG = LogManager.getLogger(CallService.class);
    private static final Duration UNLIMITED = Duration.ofDays(36_500);

    private final CallSettings settings;
    private final LimitPolicy limits;
    private final Routing routing;
    private final CallListener listener;
    private final RunningCalls running;
    private final Terms terms;
    private final Admission admission;
    private final CallRun.Parts parts;

    /**
     * Calls.
     *
     * @param limits how long a call may take at most
     * @param watchdog ends waits
     */
    public CallService(
            CallSettings settings,
            LimitPolicy limits,
            WorkerPool pool,
            Routing routing,
            CallTracking tracking,
            Watchdog watchdog) {
        this.limits = limits;
        this.settings = settings;
        this.routing = routing;
        this.listener = tracking.listener();
        this.running = tracking.running();
        this.terms = Terms.of(settings);
        this.admission = new Admission(settings, () -> pool.figures().toString());
        this.parts = new CallRun.Parts(pool, routing, listener, watchdog, new Outcomes(settings.hideErrorStack()));
    }

    /**
     * Who looks at calls on their way.
     *
     * @param listener counts them
     * @param running knows them by their ids
     */
    public record CallTracking(CallListener listener, RunningCalls running) {}

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
     * What a call of a version goes to, whether new calls see it or not.
     *
     * @param version its {@link org.octaveserver.ops.bundle.BundleVersion#id}
     * @param release the number of a release that had it
     * @throws OpsException {@code BUNDLE_NOT_FOUND} when it is not deployed any more, {@code FUNCTION_NOT_FOUND}
     */
    public CallTarget resolve(String version, long release, String function) {
        return routing.resolve(version, release, function);
    }

    /**
     * Runs a function.
     *
     * @param outputs how many outputs are asked for
     * @param options what the caller wants otherwise than the bundle says
     * @param origin where the call comes from; by its id it can be cancelled
     * @return its outcome is an {@link OpsException} when the function did not run to its end and did not throw: too late
     *     ({@code NO_WORKER_IN_TIME}, {@code CALL_TIMEOUT}), cancelled ({@code CALL_CANCELLED}), its process gone ({@code WORKER_EXITED},
     *     {@code WORKER_CRASHED}), an output without encoding ({@code UNSUPPORTED_OUTPUT})
     * @throws OpsException when it is refused: {@code QUEUE_FULL}, {@code BUNDLE_QUEUE_FULL}, {@code TOO_MANY_CALLS}
     */
    public CallInProgress call(
            CallTarget target, int outputs, List<OctaveValue> arguments, CallOptions options, CallOrigin origin) {
        try {
            Serving serving = target.bundle().manifest().serving();
            CallRequest request =
                    new CallRequest("", target.function().name(), outputs, arguments, options.figures(serving));
            RunningCall call = running.begin(origin, target, deadline(serving), Attendance.NONE);
            return begun(target, request, options, origin, call, () -> enter(target, origin, serving));
        } catch (OpsException e) {
            listener.refused();
            tell(target, e);
            throw e;
        }
    }

    /** How many calls of each bundle may run on this node at once, where its default version says so. */
    public Map<String, Integer> limits() {
        return routing.limits();
    }

    /**
     * Runs a function for somebody who does not wait for it, and has admitted it. It is never refused for the number of calls
     * that wait, waits for a worker and for what it loads without a deadline, and may run for as long as the attendance says,
     * or {@code ops.limits.max-timeout} if that is less. Its arguments are asked for when there is a worker, so that those of
     * calls that wait take no memory.
     *
     * @param origin where the call comes from; by its id it can be cancelled
     * @return its outcome is an {@link OpsException} as that of {@link #call}, or what the attendant's {@code begins} failed
     *     with
     * @throws OpsException INVALID_INPUT when another call has the id
     */
    public CallInProgress attended(
            CallTarget target, int outputs, CallOptions options, CallOrigin origin, Attendance attendance) {
        Serving serving = target.bundle().manifest().serving();
        CallRequest request =
                new CallRequest("", target.function().name(), outputs, List.of(), options.figures(serving));
        Attendance limited = new Attendance(attendance.attendant(), limits.timeout(attendance.runLimit()));
        RunningCall call = running.begin(origin, target, Deadline.after(UNLIMITED), limited);
        return begun(target, request, options, origin, call, admission::pass);
    }

    private Admission.Ticket enter(CallTarget target, CallOrigin origin, Serving serving) {
        return admission.enter(
                origin.party(), target.bundle().name().text(), serving.calls().waiting());
    }

    private CallInProgress begun(
            CallTarget target,
            CallRequest request,
            CallOptions options,
            CallOrigin origin,
            RunningCall call,
            Supplier<Admission.Ticket> ticket) {
        try {
            Claim claim =
                    terms.claim(origin, options, target.bundle().manifest().serving());
            CompletableFuture<CallOutcome> outcome =
                    new CallRun(parts, target, request, claim, call, ticket.get()).start();
            return new CallInProgress(call, over(target, origin, call, outcome), parts.watchdog());
        } catch (RuntimeException e) {
            running.end(origin, call);
            throw e;
        }
    }

    private CompletableFuture<CallOutcome> over(
            CallTarget target, CallOrigin origin, RunningCall call, CompletableFuture<CallOutcome> outcome) {
        return outcome.whenComplete((answered, failure) -> {
            running.end(origin, call);
            if (failure != null) {
                tell(target, OpsException.of(failure));
            }
        });
    }

    private static void tell(CallTarget target, OpsException failure) {
        LOG.warn(
                "bundle={} function={} error={} {}",
                target.bundle().id(),
                target.function().name(),
                failure.code(),
                failure.getMessage());
    }

    private Deadline deadline(Serving serving) {
        return Deadline.after(limits.timeout(serving.timeout().orElse(settings.timeout())));
    }
}
