package org.octaveserver.ops.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.pool.Claims;
import org.octaveserver.ops.pool.PoolSettings;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.settings.SettingsLoader;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.worker.Launching;
import org.octaveserver.ops.worker.WorkerSpec;

/** Calls that somebody looks after, in real workers of both implementations. */
class AttendedCallIT {
    private static final Attendance NOBODYS = new Attendance(CallAttendant.NONE, Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private final Watchdog watchdog = new Watchdog();
    private final Attending attending = new Attending();
    private @Nullable Launching launching;
    private @Nullable WorkerPool pool;

    private PlainCalls calls(Launching.Kind kind) {
        Launching made = new Launching(folder, kind)
                .with("stubborn", """
                function r = stubborn (seconds)
                  printf ("it begins\\n");
                  ops.progress (0.5, "half");
                  t = tic ();
                  while (toc (t) < seconds && ! ops.cancelled ())
                    pause (0.01);
                  endwhile
                  r = ops.cancelled ();
                endfunction
                """)
                .with("deaf", """
                function deaf ()
                  printf ("it begins\\n");
                  ops.progress (0.25);
                  pause (60);
                endfunction
                """)
                .with("process", "function r = process ()\n  r = getpid ();\nendfunction\n");
        launching = made;
        WorkerPool own = new WorkerPool(
                made.launcher(),
                new SettingsLoader(List.of(PoolSettings.class))
                        .load(
                                Path.of("/nowhere"),
                                Map.of(),
                                Map.of("ops.pool.max-workers", "1", "ops.pool.min-idle", "0"))
                        .of(PoolSettings.class),
                Duration.ofSeconds(3));
        pool = own;
        own.start();
        WorkerSpec spec = made.spec("octave-cli");
        own.keepOnly(Set.of(spec), Set.of(spec));
        return new PlainCalls(own, spec, watchdog);
    }

    @AfterEach
    void end() {
        Objects.requireNonNull(pool).stop();
        Objects.requireNonNull(launching).close();
        watchdog.stop();
    }

    private static Object output(CallInProgress call) throws Exception {
        CallOutcome outcome = call.outcome().get(60, TimeUnit.SECONDS);
        return ((CallOutcome.Returned) outcome).outputs().get(0);
    }

    private static Object process(PlainCalls calls) throws Exception {
        return output(calls.call("process", 1, List.of(), Claims.WARM, NOBODYS));
    }

    private Attendance attended() {
        return new Attendance(attending, Duration.ofMinutes(1));
    }

    private void awaitProgress() {
        Awaitility.await().until(() -> !attending.told().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void isCancelledGentlyAndItsWorkerGoesOn(Launching.Kind kind) throws Exception {
        PlainCalls calls = calls(kind);
        Object worker = process(calls);
        CallInProgress call = calls.call("stubborn", 1, List.of(), Claims.WARM, attended());
        attending.asked().complete(List.of(NumericArray.scalar(50)));
        awaitProgress();
        assertThat(attending.told()).containsExactly("0.5 half");
        Awaitility.await().untilAsserted(() -> assertThat(call.printed()).isEqualTo("it begins\n"));

        assertThat(call.cancel("a test", Duration.ofSeconds(30))).isTrue();

        assertThat(output(call)).isEqualTo(LogicalArray.scalar(true));
        assertThat(call.printed()).isEqualTo("it begins\n");
        assertThat(process(calls)).isEqualTo(worker);
        assertThat(output(calls.call("stubborn", 1, List.of(NumericArray.scalar(0)), Claims.WARM, NOBODYS)))
                .as("the next one is not cancelled")
                .isEqualTo(LogicalArray.scalar(false));
    }

    @ParameterizedTest
    @EnumSource
    void isKilledWhenItsGraceIsOverAndWhatItPrintedIsKnown(Launching.Kind kind) throws Exception {
        PlainCalls calls = calls(kind);
        CallInProgress call = calls.call("deaf", Claims.WARM, attended());
        attending.asked().complete(List.of());
        awaitProgress();

        assertThat(call.cancel("a test", Duration.ofMillis(300))).isTrue();

        OpsException failure =
                OpsException.of(catchThrowable(() -> call.outcome().get(60, TimeUnit.SECONDS)));
        assertThat(failure.code()).isEqualTo(ErrorCode.CALL_CANCELLED);
        assertThat(failure).hasMessageEndingWith("had not ended after 300 ms");
        assertThat(call.printed()).isEqualTo("it begins\n");
    }

    @ParameterizedTest
    @EnumSource
    void thatMayNotBeginLeavesItsWorkerUnused(Launching.Kind kind) throws Exception {
        PlainCalls calls = calls(kind);
        Object worker = process(calls);
        CallInProgress call = calls.call("deaf", Claims.WARM, attended());
        attending.asked().completeExceptionally(new OpsException(ErrorCode.RELEASE_CONFLICT, "taken"));

        assertThat(catchThrowable(() -> call.outcome().get(60, TimeUnit.SECONDS)))
                .hasMessageContaining("taken");
        assertThat(call.printed()).isEmpty();
        assertThat(process(calls)).isEqualTo(worker);
    }
}
