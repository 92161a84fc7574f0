package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A deployment that fails after any step leaves the old release or the new one, and nothing between. */
class CrashSafetyTest {
    @TempDir
    Path root;

    private static final class Fault extends RuntimeException {
        Fault(DeploymentStep step) {
            super("failed after " + step);
        }
    }

    private Bundles failingAfter(DeploymentStep fault) {
        return new Bundles(root, step -> {
            if (step == fault) {
                throw new Fault(step);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheOldOrTheNewRelease(DeploymentStep fault) throws IOException {
        new Bundles(root).deploy(folder("x", "1.0", "").tarGz());
        Bundles failing = failingAfter(fault);
        assertThatThrownBy(() -> failing.deploy(folder("x", "2.0", "").tarGz())).isInstanceOf(Fault.class);
        assertThat(failing.incoming()).isEmpty();

        Bundles fresh = new Bundles(root);
        assertThat(fresh.visible()).containsExactly(fault == DeploymentStep.SWITCHED ? "x 2.0" : "x 1.0");
        fresh.deployer.start();
        boolean stands = fault.compareTo(DeploymentStep.RELEASE_WRITTEN) >= 0;
        assertThat(fresh.visible()).containsExactly(stands ? "x 2.0" : "x 1.0");
        assertThat(fresh.releases.history()).hasSize(stands ? 2 : 1);
    }

    @ParameterizedTest
    @EnumSource
    void letsTheSameDeploymentSucceedAfterwards(DeploymentStep fault) {
        assertThatThrownBy(
                        () -> failingAfter(fault).deploy(folder("x", "2.0", "").tarGz()))
                .isInstanceOf(Fault.class);
        Deployed again = new Bundles(root).deploy(folder("x", "2.0", "").tarGz());
        assertThat(again.published().release().number()).isEqualTo(1);
        assertThat(new Bundles(root).visible()).containsExactly("x 2.0");
    }

    @Test
    void forgetsContentThatOnlyReachedTheStore() {
        assertThatThrownBy(() -> failingAfter(DeploymentStep.STORED)
                        .deploy(folder("x", "1.0", "").tarGz()))
                .isInstanceOf(Fault.class);
        assertThat(new Bundles(root)
                        .deploy(folder("x", "1.0", "% fixed").tarGz())
                        .published()
                        .changed())
                .isTrue();
    }

    @Test
    void keepsAChangeWhoseDeployerDiedBeforeTheSwitch() {
        assertThatThrownBy(() -> failingAfter(DeploymentStep.RELEASE_WRITTEN)
                        .deploy(folder("x", "1.0", "").tarGz()))
                .isInstanceOf(Fault.class);
        Deployed next = new Bundles(root).deploy(folder("y", "1.0", "").tarGz());
        assertThat(next.published().release().number()).isEqualTo(2);
        assertThat(new Bundles(root).visible()).containsExactly("x 1.0", "y 1.0");
    }

    @ParameterizedTest
    @EnumSource(names = {"RELEASE_WRITTEN", "SWITCHED"})
    void leavesTheOldOrTheNewReleaseWhenUndeploying(DeploymentStep fault) throws IOException {
        new Bundles(root).deploy(folder("x", "1.0", "").tarGz());
        Bundles failing = failingAfter(fault);
        assertThatThrownBy(() -> failing.deployer.undeploy("x", "ann", "")).isInstanceOf(Fault.class);
        assertThat(failing.incoming()).isEmpty();
        assertThat(new Bundles(root).visible()).hasSize(fault == DeploymentStep.SWITCHED ? 0 : 1);
    }
}
