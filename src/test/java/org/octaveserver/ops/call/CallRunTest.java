package org.octaveserver.ops.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.pool.Claims;
import org.octaveserver.ops.pool.PoolSettings;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.settings.SettingsLoader;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.worker.FakeWorkerProcess;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.WorkerSpec;

/** What fails in the server itself, at any step and in any way, ends the call, and leaves a worker for the next one. */
@Timeout(60)
class CallRunTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final WorkerSpec SPEC = FakeWorkers.spec("a");

    private final FakeWorkers workers = new FakeWorkers();
    private final Watchdog watchdog = new Watchdog();
    private final Admission admission =
            new Admission(new CallTestSettings(10, OptionalInt.empty(), List.of()), () -> "");
    private final Failing failing = new Failing();
    private final WorkerPool pool = new WorkerPool(
            workers,
            new SettingsLoader(List.of(PoolSettings.class))
                    .load(Path.of("/nowhere"), Map.of(), Map.of("ops.pool.max-workers", "1", "ops.pool.min-idle", "0"))
                    .of(PoolSettings.class),
            LONG);

    /** Where something fails. */
    private enum Place {
        NOWHERE,
        SPEC,
        STARTED
    }

    /** Overflows its stack at some place, as a value that is nested deeply may have it. */
    private static final class Failing extends OneSpec {
        private Place place = Place.NOWHERE;

        Failing() {
            super(CallRunTest.SPEC);
        }

        private void pass(Place now) {
            if (place == now) {
                place = Place.NOWHERE;
                throw new StackOverflowError(now.name());
            }
        }

        @Override
        public void started() {
            pass(Place.STARTED);
        }

        @Override
        public CompletableFuture<WorkerSpec> spec(CallTarget target) {
            pass(Place.SPEC);
            return super.spec(target);
        }
    }

    @BeforeEach
    void begin() {
        pool.start();
        pool.keepOnly(Set.of(SPEC), Set.of(SPEC));
    }

    @AfterEach
    void end() {
        pool.stop();
        workers.close();
        watchdog.stop();
    }

    @SuppressWarnings("NullAway") // nobody looks at the target
    private CompletableFuture<CallOutcome> call() {
        CallOrigin origin = new CallOrigin("id", Optional.empty(), "127.0.0.1");
        RunningCall call = new RunningCall(
                new CallInfo(origin, "a@1", "echo", Instant.EPOCH, CallState.WAITING, OptionalLong.empty()),
                Deadline.after(LONG));
        return new CallRun(
                        new CallRun.Parts(pool, failing, failing, watchdog, new Outcomes(false)),
                        new CallTarget(null, null, null),
                        new CallRequest("", "echo", 0, List.of()),
                        Claims.WARM,
                        call,
                        admission.enter("somebody", "a", OptionalInt.empty()))
                .start();
    }

    private void assertNextIsServed() throws Exception {
        assertThat(call().get(20, TimeUnit.SECONDS)).isInstanceOf(CallOutcome.Returned.class);
        assertThat(workers.alive()).isEqualTo(1);
    }

    private void assertFails(String cause) {
        assertThat(call())
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .satisfies(thrown -> assertThat(OpsException.of(thrown).code()).isEqualTo(ErrorCode.INTERNAL))
                .withStackTraceContaining(cause);
    }

    @Test
    void beforeItAsksForAWorker() throws Exception {
        failing.place = Place.SPEC;
        assertFails("SPEC");
        assertNextIsServed();
    }

    @Test
    void whenItHasAWorker() throws Exception {
        assertNextIsServed();
        failing.place = Place.STARTED;
        assertFails("STARTED");
        assertNextIsServed();
        assertThat(workers.launched()).as("its worker had not begun it").hasSize(1);
    }

    @Test
    void whenItHasWaitedForAWorker() throws Exception {
        failing.place = Place.STARTED;
        assertFails("STARTED");
        assertNextIsServed();
    }

    @Test
    void whileItIsSent() throws Exception {
        workers.making(pid -> FakeWorkerProcess.greeting(pid, (self, frame) -> {
            if (frame.kind() == FrameKind.CALL && pid == 1) {
                throw new StackOverflowError("sending");
            }
            FakeWorkerProcess.obey(self, frame);
        }));
        assertFails("sending");
        Awaitility.await().until(() -> workers.alive() == 0);
        assertNextIsServed();
    }
}
