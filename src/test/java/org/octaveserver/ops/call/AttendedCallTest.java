package org.octaveserver.ops.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.pool.Claim;
import org.octaveserver.ops.pool.Claims;
import org.octaveserver.ops.pool.PoolSettings;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.settings.SettingsLoader;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Frame;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.MetricUpdate;
import org.octaveserver.ops.wire.WorkerFrames;
import org.octaveserver.ops.worker.FakeWorkerProcess;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.WorkerSpec;

/** Calls that somebody looks after, over the only worker that there may be. */
@Timeout(60)
class AttendedCallTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofDays(1000);
    private static final WorkerSpec SPEC = FakeWorkers.spec("a");

    private final FakeWorkers workers = new FakeWorkers();
    private final Watchdog watchdog = new Watchdog();
    private final WorkerPool pool = new WorkerPool(
            workers,
            new SettingsLoader(List.of(PoolSettings.class))
                    .load(Path.of("/nowhere"), Map.of(), Map.of("ops.pool.max-workers", "1", "ops.pool.min-idle", "0"))
                    .of(PoolSettings.class),
            LONG);
    private final Attending attending = new Attending();

    @BeforeEach
    void begin() {
        pool.start();
        pool.keepOnly(Set.of(SPEC), Set.of(SPEC));
    }

    @AfterEach
    void end() {
        workers.close();
        pool.stop();
        watchdog.stop();
    }

    private CallInProgress call(String function, Claim claim, Attendance attendance) {
        return new PlainCalls(pool, SPEC, watchdog).call(function, claim, attendance);
    }

    private CallInProgress attended(String function) {
        return call(function, Claims.WARM, new Attendance(attending, NEVER));
    }

    private CallInProgress plain(String function) {
        return call(function, Claims.WARM, new Attendance(CallAttendant.NONE, NEVER));
    }

    private static CallOutcome outcome(CallInProgress call) throws Exception {
        return call.outcome().get(20, TimeUnit.SECONDS);
    }

    private static OpsException failure(CallInProgress call) {
        return OpsException.of(catchThrowable(() -> outcome(call)));
    }

    private void assertNextHasTheSameWorker() throws Exception {
        assertThat(outcome(plain("echo"))).isInstanceOf(CallOutcome.Returned.class);
        assertThat(workers.launched()).hasSize(1);
        assertThat(workers.alive()).isEqualTo(1);
    }

    /** A worker with a function that does something before it hangs; any other ends. */
    private void talking(Talk talk) {
        workers.making(pid -> FakeWorkerProcess.greeting(pid, (self, frame) -> {
            if (frame.kind() == FrameKind.CALL
                    && WorkerFrames.call(frame).function().equals("talks")) {
                talk.run(self, frame);
            } else {
                FakeWorkerProcess.obey(self, frame);
            }
        }));
    }

    private interface Talk {
        void run(FakeWorkerProcess self, Frame call) throws java.io.IOException;
    }

    @Test
    void runsWhenItsAttendantSaysSo() throws Exception {
        CallInProgress call = attended("echo");

        CompletableFuture<List<OctaveValue>> begins = attending.asked();
        assertThat(call.isWaiting()).isTrue();
        assertThat(pool.figures().busy()).isEqualTo(1);
        begins.complete(List.of());

        assertThat(outcome(call)).isInstanceOf(CallOutcome.Returned.class);
        assertNextHasTheSameWorker();
    }

    @Test
    void givesItsWorkerBackUnusedWhenItMayNotBegin() throws Exception {
        CallInProgress call = attended("hang");
        attending.asked().completeExceptionally(new OpsException(ErrorCode.RELEASE_CONFLICT, "somebody else has it"));

        assertThat(failure(call))
                .hasMessage("somebody else has it")
                .extracting(OpsException::code)
                .isEqualTo(ErrorCode.RELEASE_CONFLICT);
        assertThat(pool.figures().busy()).isZero();
        assertNextHasTheSameWorker();
    }

    @Test
    void anAttendantThatFailsCostsNoWorker() throws Exception {
        CallInProgress call = call(
                "hang",
                Claims.WARM,
                new Attendance(
                        new CallAttendant() {
                            @Override
                            public CompletableFuture<List<OctaveValue>> begins() {
                                throw new IllegalStateException("no");
                            }

                            @Override
                            public void progressed(double fraction, String message) {}
                        },
                        NEVER));

        assertThat(failure(call).code()).isEqualTo(ErrorCode.INTERNAL);
        assertNextHasTheSameWorker();
    }

    @Test
    void cancelledBeforeItBeginsItNeverDoes() throws Exception {
        CallInProgress call = attended("hang");
        CompletableFuture<List<OctaveValue>> begins = attending.asked();

        assertThat(call.cancel("a test", LONG)).isTrue();

        assertThat(failure(call).code()).isEqualTo(ErrorCode.CALL_CANCELLED);
        begins.complete(List.of());
        assertThat(call.cancel("a test", LONG)).isFalse();
        assertNextHasTheSameWorker();
    }

    @Test
    void cancelledWhileItWaitsForAWorkerItEndsAtOnceAndIsNotAskedToBegin() {
        CallInProgress first = plain("hang");
        Awaitility.await().until(() -> pool.figures().busy() == 1 && !first.isWaiting());
        CallInProgress second = attended("hang");

        assertThat(second.cancel("a test", LONG)).isTrue();

        assertThat(failure(second)).hasMessage("the call was cancelled by a test");
        assertThat(attending.begun()).isEmpty();
        assertThat(first.cancel("a test", Duration.ZERO)).isTrue();
    }

    @Test
    void itsTimeRunsFromWhereItBegins() {
        CallInProgress call = call("hang", Claims.WARM, new Attendance(attending, Duration.ofMillis(80)));
        attending.asked().complete(List.of());

        assertThat(failure(call))
                .hasMessageStartingWith("the function ran longer than the 80 ms")
                .extracting(OpsException::code)
                .isEqualTo(ErrorCode.CALL_TIMEOUT);
    }

    @Test
    void itsAttendantIsToldHowFarItIs() throws Exception {
        talking((self, frame) -> {
            self.send(WorkerFrames.progress(frame.number(), 0, ""));
            self.send(WorkerFrames.progress(frame.number(), 0.5, "half"));
            self.answer(frame.number(), WorkerFrames.call(frame), List.of());
        });
        CallInProgress call = attended("talks");
        attending.asked().complete(List.of());

        assertThat(outcome(call)).isInstanceOf(CallOutcome.Returned.class);
        assertThat(attending.told()).containsExactly("0.0 ", "0.5 half");
        assertThat(outcome(plain("talks"))).isInstanceOf(CallOutcome.Returned.class);
        assertThat(attending.told()).hasSize(2);
    }

    @Test
    void progressAfterMetricsIsABreach() {
        talking((self, frame) -> {
            self.send(WorkerFrames.metrics(frame.number(), List.of(new MetricUpdate(MetricUpdate.Kind.GAUGE, "g", 1))));
            self.send(WorkerFrames.progress(frame.number(), 0.5, ""));
        });

        assertThat(failure(plain("talks")))
                .hasMessageContaining("does not answer CALL with PROGRESS")
                .extracting(OpsException::code)
                .isEqualTo(ErrorCode.WORKER_PROTOCOL);
    }

    @Test
    void whatItPrintsIsSeenAtOnceAndStaysWhenItIsKilled() throws Exception {
        talking((self, frame) -> self.print("so far"));
        assertThat(outcome(plain("echo"))).isInstanceOf(CallOutcome.Returned.class);
        CallInProgress call = attended("talks");
        CompletableFuture<List<OctaveValue>> begins = attending.asked();
        assertThat(call.printed()).isEmpty();
        begins.complete(List.of());

        Awaitility.await().untilAsserted(() -> assertThat(call.printed()).isEqualTo("so far"));
        assertThat(call.cancel("a test", Duration.ZERO)).isTrue();

        assertThat(call.printed()).isEqualTo("so far");
        assertThat(failure(call).code()).isEqualTo(ErrorCode.CALL_CANCELLED);
        assertThat(call.printed()).isEqualTo("so far");
    }

    @Test
    void whatItHasPrintedIsNotWhatTheNextOnePrints() throws Exception {
        talking((self, frame) -> {
            self.print("number " + frame.number() + "\n");
            self.answer(frame.number(), WorkerFrames.call(frame), List.of());
        });
        CallInProgress first = plain("talks");
        assertThat(outcome(first).printed()).isEqualTo("number 2\n");
        CallInProgress second = attended("talks");
        CompletableFuture<List<OctaveValue>> begins = attending.asked();

        assertThat(second.printed()).as("its worker's last call printed this").isEmpty();
        begins.complete(List.of());
        assertThat(outcome(second).printed()).isEqualTo("number 3\n");
        assertThat(second.printed()).isEqualTo("number 3\n");
        assertThat(first.printed()).isEqualTo("number 2\n");
    }

    @Test
    void oneThatEndsWithinItsGraceHasItsOwnOutcome() throws Exception {
        CompletableFuture<Runnable> answer = new CompletableFuture<>();
        talking((self, frame) -> {
            CallRequest request = WorkerFrames.call(frame);
            answer.complete(() -> self.answer(frame.number(), request, List.of()));
        });
        CallInProgress call = attended("talks");
        attending.asked().complete(List.of());
        Runnable answers = answer.get(20, TimeUnit.SECONDS);

        assertThat(call.cancel("a test", LONG)).isTrue();
        assertThat(call.outcome()).isNotDone();
        answers.run();

        assertThat(outcome(call)).isInstanceOf(CallOutcome.Returned.class);
        assertThat(call.cancel("a test", LONG)).isFalse();
        assertNextHasTheSameWorker();
    }

    @Test
    void oneThatDoesNotEndWithinItsGraceIsKilled() {
        CallInProgress call = plain("hang");
        Awaitility.await().until(() -> !call.isWaiting());

        assertThat(call.cancel("a test", Duration.ofMillis(50))).isTrue();

        assertThat(failure(call))
                .hasMessage("the call was cancelled by a test, and had not ended after 50 ms")
                .extracting(OpsException::code)
                .isEqualTo(ErrorCode.CALL_CANCELLED);
        Awaitility.await().until(() -> workers.alive() == 0);
    }

    @Test
    void whoeverCancelsAgainCanCutTheGraceShort() {
        CallInProgress call = plain("hang");
        Awaitility.await().until(() -> !call.isWaiting());
        assertThat(call.cancel("a test", LONG)).isTrue();

        assertThat(call.cancel("another one", Duration.ZERO)).isTrue();

        assertThat(workers.alive()).isZero();
        assertThat(failure(call)).hasMessage("the call was cancelled by another one");
    }

    @Test
    void aVersionThatNewCallsDoNotSeeAnyMoreStillHasItsWorkers() throws Exception {
        pool.keepOnly(Set.of(), Set.of());

        CallInProgress call = attended("echo");
        attending.asked().complete(List.of());

        assertThat(outcome(call)).isInstanceOf(CallOutcome.Returned.class);
    }
}
