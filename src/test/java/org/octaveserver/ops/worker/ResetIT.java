package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ResetBehaviour} of the portable worker. */
class ResetIT extends ResetBehaviour {
    ResetIT() {
        super(Launching.Kind.PORTABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exist", "pwd", "path", "fopen", "strcmp", "warning"})
    void aCallThatHidesWhatItLeavesEndsItsWorker(String name) {
        Worker worker = withFunctions("eval ('function r = " + name + " (varargin), r = 103; endfunction')", "pwd ()")
                .launch();
        ProcessHandle process = ProcessHandle.of(worker.pid()).orElseThrow();

        WorkerBehaviour.call(worker, "mess", 0);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(process.isAlive()).isFalse());
        worker.shutdown(STOP);
    }
}
