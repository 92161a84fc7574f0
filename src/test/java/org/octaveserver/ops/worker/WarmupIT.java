package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;

/** What is done before the first call, by workers of both implementations. */
class WarmupIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Launching launching = new Launching(Path.of("unused"));

    private WorkerSpec spec(Launching.Kind kind, String function) {
        launching = new Launching(folder, kind)
                .with("calls", "function r = calls ()\n  persistent n = 0;\n  r = ++n;\nendfunction\n")
                .with(
                        "warm",
                        "function warm (x)\n  global known = 0;\n  known = x;\n  calls ();\n  cd /;\nendfunction\n")
                .with("known", "function r = known ()\n  global known = 0;\n  r = [known, calls()];\nendfunction\n")
                .with("fails", "function fails (x)\n  error ('too cold');\nendfunction\n")
                .with("hangs", "function hangs (x)\n  while (true) endwhile\nendfunction\n")
                .with("leaves", "function leaves (x)\n  exit (3);\nendfunction\n");
        return launching
                .spec("octave-cli")
                .warmedUp(Optional.of(new WarmupCall(function, List.of(NumericArray.scalar(7)))));
    }

    @AfterEach
    void end() {
        launching.close();
    }

    private static OctaveValue known(Worker worker) {
        Answer answer = worker.call(new CallRequest("", "known", 1, List.of()), Deadline.after(LONG))
                .answer();
        return ((Answer.Result) answer).outputs().get(0);
    }

    @ParameterizedTest
    @EnumSource
    void whatAWarmupKeepsIsThereForTheFirstCallOfEachWorker(Launching.Kind kind) {
        WorkerSpec spec = spec(kind, "warm");
        WorkerLauncher launcher = launching.launcher();
        for (int i = 0; i < 2; i++) {
            Worker worker = launcher.launch(spec);
            assertThat(known(worker)).isEqualTo(NumericArray.doubles(Dimensions.of(1, 2), 7, 2));
            assertThat(worker.calls()).isEqualTo(1);
            worker.shutdown(LONG);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWarmupThatThrowsCostsNothingButItsEffect(Launching.Kind kind) {
        Worker worker = launching(kind, "fails");
        assertThat(known(worker)).isEqualTo(NumericArray.doubles(Dimensions.of(1, 2), 0, 1));
        worker.shutdown(LONG);
    }

    private Worker launching(Launching.Kind kind, String function) {
        WorkerSpec spec = spec(kind, function);
        return launching.launcher().launch(spec);
    }

    @ParameterizedTest
    @EnumSource
    void aWarmupWithoutEndIsBoundedByTheTimeForAStart(Launching.Kind kind) {
        WorkerSpec spec = spec(kind, "hangs");
        WorkerLauncher launcher = launching.launcher(
                new Launching.TestSettings(Duration.ofSeconds(3), new DataSize(1 << 20), new DataSize(1 << 20)));
        assertThatThrownBy(() -> launcher.launch(spec))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKER_START_FAILED))
                .hasMessageContaining("ops.worker.start-timeout");
    }

    @ParameterizedTest
    @EnumSource
    void aWarmupThatEndsItsProcessIsTold(Launching.Kind kind) {
        assertThatThrownBy(() -> launching(kind, "leaves"))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKER_START_FAILED))
                .hasMessageContaining("exit status 3");
    }
}
