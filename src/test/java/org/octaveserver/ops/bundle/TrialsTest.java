package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** That no release lets callers meet two versions together that were not tried together. */
class TrialsTest {
    private static final byte[] APPS = bundle("apps", "1.0.0", "", ",\"depends\":[\"libs\"]");

    @TempDir
    Path root;

    private Bundles bundles;

    @BeforeEach
    void open() {
        bundles = new Bundles(root);
        bundles.deploy(libs("1.0.0", ""));
        bundles.deploy(APPS);
        bundles.smoke.calls.clear();
        bundles.inspector.calls.set(0);
    }

    private static byte[] bundle(String name, String version, String content, String more) {
        return archive()
                .file(
                        "ops.json",
                        "{\"name\":\"" + name + "\",\"version\":\"" + version + "\",\"smoke\":{\"function\":\"" + name
                                + "_f\"}" + more + "}")
                .file(name + "_f.m", content)
                .zip();
    }

    private static byte[] libs(String version, String content) {
        return bundle("libs", version, content, "");
    }

    private String pinned() {
        return bundles.releases
                .current()
                .deployed("apps")
                .orElseThrow()
                .byDefault()
                .pins()
                .toString();
    }

    private List<String> tried() {
        return bundles.smoke.calls.stream().map(SmokeCall::function).toList();
    }

    @Test
    void anUnchangedFileIsTriedWithWhatItWouldBePinnedToNow() {
        bundles.deploy(libs("2.0.0", ""));
        bundles.smoke.fails = "libs/2.0.0";
        assertThatThrownBy(() -> bundles.deploy(APPS))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SMOKE_CALL_FAILED))
                .hasMessageContaining("apps@1.0.0 does not work with what it would load then (libs@2.0.0-")
                .hasMessageContaining(" instead of libs@1.0.0-")
                .hasMessageEndingWith("): no function is there");
        assertThat(pinned()).isEqualTo("{libs=1.0.0}");

        bundles.smoke.fails = "\n";
        bundles.deploy(APPS);
        assertThat(pinned()).isEqualTo("{libs=2.0.0}");
    }

    @Test
    void aVersionThatOthersArePinnedToIsReplacedOnlyIfTheyWorkWithTheNewContent() {
        Release before = bundles.releases.current();
        String old = before.bundle("libs").orElseThrow().directory().toString();
        bundles.smoke.passes = old;
        assertThatThrownBy(() -> bundles.replace(libs("1.0.0", "% other")))
                .hasMessageContaining("apps@1.0.0 does not work with what it would load then (libs@1.0.0-");
        assertThat(bundles.releases.current()).isEqualTo(before);

        bundles.smoke.passes = "";
        bundles.replace(libs("1.0.0", "% other"));
        assertThat(bundles.releases.current().number()).isEqualTo(before.number() + 1);
    }

    @Test
    void refusesWhatNoLongerBringsAllThatItsDependentsNeed() {
        assertThatThrownBy(() -> bundles.replace(bundle("libs", "1.0.0", "", ",\"depends\":[\"io\"]")))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEPENDENCY_UNSATISFIED))
                .hasMessageContaining("apps 1.0.0 -> libs -> io");
    }

    @Test
    void onlyWhatChangesIsTriedAndNothingTwice() {
        bundles.deploy(APPS);
        bundles.deploy(libs("1.5.0", ""));
        assertThat(tried()).containsExactly("libs_f");
        bundles.deploy(APPS);
        assertThat(tried()).containsExactly("libs_f", "apps_f");
        Change back = new Change.RollBack(bundles.releases.release(2), Optional.empty());
        bundles.deployer.apply(List.of(back), ReleaseRequest.of("ann", ""));
        bundles.deploy(bundle("others", "1.0", "", ""));
        assertThat(tried()).containsExactly("libs_f", "apps_f", "others_f");
    }

    @Test
    void aProcessThatHasNotTriedItTriesWhatComesBack() {
        Bundles fresh = new Bundles(root);
        fresh.deployer.undeploy("apps", "ann", "");
        Change back = new Change.RollBack(fresh.releases.release(2), Optional.empty());
        fresh.smoke.fails = "apps";
        assertThatThrownBy(() -> fresh.deployer.apply(List.of(back), ReleaseRequest.of("ann", "")))
                .hasMessageContaining("apps@1.0.0 does not work: no function is there");
        fresh.smoke.fails = "\n";
        fresh.deployer.apply(List.of(back), ReleaseRequest.of("ann", ""));
        assertThat(fresh.visible()).containsExactly("apps 1.0.0", "libs 1.0.0");
    }

    @Test
    void whatAnotherDeployerChangesDuringTheTrialIsTriedToo() {
        Bundles other = new Bundles(root);
        bundles.deploy(libs("2.0.0", ""));
        bundles.smoke.calls.clear();
        bundles.smoke.meanwhile = () -> {
            bundles.smoke.meanwhile = () -> {};
            other.replace(libs("2.0.0", "% other"));
        };
        bundles.deploy(APPS);
        assertThat(tried()).containsExactly("apps_f", "apps_f");
        assertThat(bundles.smoke.loadPaths.get(bundles.smoke.loadPaths.size() - 1))
                .anyMatch(path -> path.startsWith(
                        bundles.releases.current().bundle("libs").orElseThrow().directory()));
    }

    @Test
    void aDryRunTriesAndChangesNothing() {
        bundles.deploy(libs("2.0.0", ""));
        bundles.smoke.fails = "libs/2.0.0";
        DeployedVersion apps =
                bundles.releases.current().deployed("apps").orElseThrow().byDefault();
        DeployedVersion unpinned = new DeployedVersion(apps.version(), apps.runtime(), Map.of());
        assertThatThrownBy(() -> bundles.deployer.apply(
                        List.of(new Change.Deploy(unpinned, true, DeployMode.UPGRADE)),
                        new ReleaseRequest("ann", "", OptionalLong.empty(), true)))
                .hasMessageContaining("apps@1.0.0 does not work");
        assertThat(pinned()).isEqualTo("{libs=1.0.0}");
    }
}
