package org.octaveserver.ops.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.call.Attendance;
import org.octaveserver.ops.call.CallAttendant;
import org.octaveserver.ops.call.CallInProgress;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.value.OctaveValue;

/** Runs the functions of jobs as calls, on the workers that all calls share. */
public final class CalledFunctions implements FunctionRuns {
    private final CallService calls;

    public CalledFunctions(CallService calls) {
        this.calls = calls;
    }

    /** A job's own listener, as one of its call. */
    private record Attendant(Listener listener) implements CallAttendant {
        @Override
        public CompletableFuture<List<OctaveValue>> begins() {
            return listener.begins();
        }

        @Override
        public void progressed(double fraction, String message) {
            listener.progressed(new Progress(fraction, message));
        }
    }

    /** A call, as the run of a job. */
    private record Called(CallInProgress call) implements Run {
        @Override
        public CompletableFuture<CallOutcome> outcome() {
            return call.outcome();
        }

        @Override
        public String printed() {
            return call.printed();
        }

        @Override
        public boolean cancel(String by, Duration grace) {
            return call.cancel(by, grace);
        }
    }

    @Override
    public Run begin(Job job, Listener listener) {
        JobTarget wanted = job.target();
        CallTarget target = target(job);
        // Under the job's id and its attempt, so that whoever looks at calls sees which job one is.
        CallOrigin origin = new CallOrigin(
                job.id() + "-" + job.status().attempt(),
                job.owner().principal(),
                job.owner().party());
        return new Called(calls.attended(
                target,
                wanted.outputs(),
                job.order().options(),
                origin,
                new Attendance(new Attendant(listener), job.order().rules().timeout())));
    }

    private CallTarget target(Job job) {
        JobTarget wanted = job.target();
        return calls.resolve(wanted.versionId(), wanted.release(), wanted.function());
    }

    @Override
    public Map<String, Integer> limits() {
        return calls.limits();
    }
}
