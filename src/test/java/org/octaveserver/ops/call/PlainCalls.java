package org.octaveserver.ops.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.pool.Claim;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.worker.WorkerSpec;

/** Calls of one spec, around which there is no bundle. */
record PlainCalls(WorkerPool pool, WorkerSpec spec, Watchdog watchdog) {
    private static final Duration NEVER = Duration.ofDays(1000);

    /** A call without outputs. */
    CallInProgress call(String function, Claim claim, Attendance attendance) {
        return call(function, 0, List.of(), claim, attendance);
    }

    @SuppressWarnings("NullAway") // nobody looks at the target
    CallInProgress call(String function, int outputs, List<OctaveValue> arguments, Claim claim, Attendance attendance) {
        Admission admission = new Admission(new CallTestSettings(1, OptionalInt.empty(), List.of()), () -> "");
        CallOrigin origin = new CallOrigin("id", Optional.empty(), "127.0.0.1");
        RunningCall call = new RunningCall(
                new CallInfo(origin, "a@1", function, Instant.EPOCH, CallState.WAITING, OptionalLong.empty()),
                Deadline.after(NEVER),
                attendance);
        OneSpec plain = new OneSpec(spec);
        CompletableFuture<CallOutcome> outcome = new CallRun(
                        new CallRun.Parts(pool, plain, plain, watchdog, new Outcomes(false)),
                        new CallTarget(null, null, null),
                        new CallRequest("", function, outputs, arguments),
                        claim,
                        call,
                        admission.pass())
                .start();
        return new CallInProgress(call, outcome, watchdog);
    }
}
