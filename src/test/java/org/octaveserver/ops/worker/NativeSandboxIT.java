package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.value.NumericArray;

/** Native workers in a sandbox. */
final class NativeSandboxIT extends SandboxBehaviour {
    NativeSandboxIT() {
        super(Launching.Kind.FORKED);
    }

    @Test
    void workersAreForkedInTheSandboxOfTheirTemplateAndOutliveIt() {
        NativeLauncher launcher = (NativeLauncher) launching().launcher();
        WorkerSpec spec = launching().spec("octave-cli");
        Worker one = launcher.launch(spec);
        Worker two = launcher.launch(spec);
        long template = startedHere(one);
        assertThat(one.hello().implementation()).isEqualTo("native");
        assertThat(one.hello().pid()).isNotEqualTo(one.pid());

        ProcessHandle.of(template).orElseThrow().destroyForcibly();
        Awaitility.await().until(() -> ProcessHandle.of(template).isEmpty());
        Worker three = launcher.launch(spec);

        for (Worker worker : new Worker[] {one, two, three}) {
            assertThat(WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "identity", 1, NumericArray.scalar(1))))
                    .containsExactly(NumericArray.scalar(1));
            worker.shutdown(Duration.ofSeconds(3));
        }
    }

    /** Of the processes around a worker that was forked the one that this process has started. */
    private static long startedHere(Worker worker) {
        long own = ProcessHandle.current().pid();
        ProcessHandle one = ProcessHandle.of(worker.pid()).orElseThrow();
        while (one.parent().orElseThrow().pid() != own) {
            one = one.parent().orElseThrow();
        }
        return one.pid();
    }
}
