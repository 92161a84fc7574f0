package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.NumericArray;

/** The limits of portable workers. */
final class LimitsIT extends LimitBehaviour {
    LimitsIT() {
        super(Launching.Kind.PORTABLE);
    }

    /** Octave takes the signal for nothing, and only C++ can change that. */
    @Test
    void aFileThatGrowsTooLargeIsCut() {
        launching()
                .with(
                        "writer",
                        "function r = writer ()\n  f = fopen ('big', 'w');\n  for i = 1:100\n    fwrite (f, zeros (1e5, 1)); fflush (f);\n  endfor\n  fclose (f);\n  r = stat ('big').size;\nendfunction\n");
        Worker worker = within(WorkerLimit.FILE_SIZE, MEGA);
        assertThat(WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "writer", 1)))
                .containsExactly(NumericArray.scalar(MEGA));
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void aStartThatFailsUnderItsLimitsNamesThem() {
        OpsException failure =
                catchThrowableOfType(OpsException.class, () -> within(WorkerLimit.ADDRESS_SPACE, 20 * MEGA));
        assertThat(failure.code()).isEqualTo(ErrorCode.WORKER_START_FAILED);
        assertThat(failure)
                .hasMessageContaining("; it was started under limits: address-space 20MB (limits of a test)");
    }
}
