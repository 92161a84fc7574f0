package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** The limits of native workers. */
final class NativeLimitsIT extends LimitBehaviour {
    NativeLimitsIT() {
        super(Launching.Kind.FORKED);
    }

    @Test
    void aFileThatGrowsTooLargeEndsItsCallWithTheLimit() {
        launching()
                .with(
                        "writer",
                        "function writer ()\n  f = fopen ('big', 'w');\n  for i = 1:100\n    fwrite (f, zeros (1e5, 1)); fflush (f);\n  endfor\nendfunction\n");
        OpsException failure = failure(within(WorkerLimit.FILE_SIZE, MEGA), "writer");
        assertThat(failure.code()).isEqualTo(ErrorCode.FILE_SIZE_LIMIT);
        assertThat(failure).hasMessageContaining("the limit is 1MB (limits of a test)");
    }

    /** What was there before the fork stays. */
    @Test
    void anAddressSpaceSmallerThanOctavesOwnLeavesNoRoomForMore() {
        launching().with("small", "function r = small ()\n  r = ones (1e6, 1);\nendfunction\n");
        assertThat(thrown(within(WorkerLimit.ADDRESS_SPACE, 20 * MEGA), "small"))
                .contains("[the limit of its worker: address-space 20MB (limits of a test)]");
    }
}
