package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitPolicyTest {
    private static final WorkerLimits.Allowance HUNDRED = new WorkerLimits.Allowance(100, "setting a");
    private static final WorkerLimits.Allowance MOST = new WorkerLimits.Allowance(1000, "setting b");
    private static final LimitPolicy POLICY = new LimitPolicy(
            Map.of(WorkerLimit.PROCESSES, HUNDRED),
            Map.of(WorkerLimit.PROCESSES, MOST, WorkerLimit.CPU, MOST),
            Optional.of(Duration.ofSeconds(10)));

    @Test
    void aBundleThatSaysNothingHasTheDefaultsAndTheCeilings() {
        assertThat(POLICY.allowed(Map.of()).allowances())
                .containsExactlyInAnyOrderEntriesOf(Map.of(WorkerLimit.PROCESSES, HUNDRED, WorkerLimit.CPU, MOST));
    }

    @Test
    void aBundleMayAskForLessAndForMoreUpToTheCeiling() {
        assertThat(POLICY.allowed(Map.of(WorkerLimit.PROCESSES, 5L)).told(WorkerLimit.PROCESSES))
                .isEqualTo("5 (limits.processes of the bundle's ops.json)");
        assertThat(POLICY.allowed(Map.of(WorkerLimit.PROCESSES, 1000L)).told(WorkerLimit.PROCESSES))
                .isEqualTo("1000 (limits.processes of the bundle's ops.json)");
        assertThat(POLICY.excess(Map.of(WorkerLimit.PROCESSES, 1000L), Optional.empty()))
                .isEmpty();
    }

    @Test
    void whatWasDeployedBeforeTheCeilingIsCutToIt() {
        assertThat(POLICY.allowed(Map.of(WorkerLimit.CPU, 1001L)).told(WorkerLimit.CPU))
                .isEqualTo("1 s (setting b)");
        assertThat(POLICY.timeout(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(10));
        assertThat(POLICY.timeout(Duration.ofSeconds(9))).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void saysWhatABundleMayNotAskFor() {
        assertThat(POLICY.excess(Map.of(WorkerLimit.CPU, 1001L), Optional.empty()))
                .contains("\"limits.cpu\" is 1001 ms; this server allows 1 s (setting b)");
        assertThat(POLICY.excess(Map.of(), Optional.of(Duration.ofSeconds(11))))
                .contains("\"limits.timeout\" is 11 s; this server allows 10 s (setting ops.limits.max-timeout)");
        assertThat(POLICY.excess("jobs.timeout", Optional.of(Duration.ofHours(2))))
                .contains("\"jobs.timeout\" is 7200 s; this server allows 10 s (setting ops.limits.max-timeout)");
    }

    @Test
    void limitsOfThePortableStartAreTheShells() {
        assertThat(HeldLimits.inFrontOf(Map.of())).isEmpty();
        assertThat(HeldLimits.inFrontOf(Map.of(WorkerLimit.FILE_SIZE, 1025L)))
                .containsExactly("/bin/sh", "-c", "ulimit -f 3 && exec \"$@\"", "ops");
    }
}
