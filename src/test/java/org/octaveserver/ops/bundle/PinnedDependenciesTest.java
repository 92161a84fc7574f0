package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;

/** Dependencies of deployed bundles, and what releases make of them. */
class PinnedDependenciesTest {
    @TempDir
    Path root;

    private Bundles bundles;

    @BeforeEach
    void open() {
        bundles = new Bundles(root);
    }

    private static byte[] bundle(String name, String version, String... depends) {
        String needs = depends.length == 0 ? "" : ",\"depends\":[\"" + String.join("\",\"", depends) + "\"]";
        return archive()
                .file("ops.json", "{\"name\":\"" + name + "\",\"version\":\"" + version + "\"" + needs + "}")
                .file("f.m", "")
                .zip();
    }

    private DeployedVersion deployed(String name, String version) {
        return bundles.releases
                .current()
                .deployed(name)
                .orElseThrow()
                .exactly(version)
                .orElseThrow();
    }

    private void refuses(byte[] file, ErrorCode code, String message) {
        assertThatThrownBy(() -> bundles.deploy(file))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void twoBundlesPinDifferentVersionsOfOneAtOnce() {
        bundles.deploy(bundle("lib", "1.0"));
        bundles.deploy(bundle("lib", "2.0"));
        bundles.deploy(bundle("old", "1", "lib (< 2)"));
        bundles.deploy(bundle("new", "1", "lib"));

        assertThat(deployed("old", "1").pins()).containsExactly(Map.entry("lib", "1.0"));
        assertThat(deployed("new", "1").pins()).containsExactly(Map.entry("lib", "2.0"));
    }

    @Test
    void pinsStayUntilTheBundleIsDeployedAnew() {
        byte[] user = bundle("user", "1", "lib");
        bundles.deploy(bundle("lib", "1.0"));
        bundles.deploy(user);
        bundles.deploy(bundle("lib", "1.1"));
        assertThat(deployed("user", "1").pins()).containsEntry("lib", "1.0");

        bundles.deploy(user);
        assertThat(deployed("user", "1").pins()).containsEntry("lib", "1.1");
    }

    @Test
    void theWholeClosureIsOnThePathEachBeforeWhatItNeeds() {
        bundles.deploy(bundle("low", "1", "io (>= 2)"));
        bundles.deploy(bundle("mid", "1", "low"));
        bundles.deploy(bundle("top", "1", "low", "mid"));
        DeployedVersion top = deployed("top", "1");
        Release release = bundles.releases.current();

        assertThat(top.pins())
                .containsOnly(Map.entry("low", "1"), Map.entry("mid", "1"), Map.entry("io", "runtime:2.6.4"));
        assertThat(dependencies(bundles.octave()).loadPath(top, release))
                .containsExactly(
                        top.version().installed(Bundles.octave(Bundles.RUNTIME)),
                        deployed("mid", "1").version().installed(Bundles.octave(Bundles.RUNTIME)),
                        deployed("low", "1").version().installed(Bundles.octave(Bundles.RUNTIME)),
                        Path.of("/usr/share/io"));
    }

    private static Dependencies dependencies(OctaveRuntime runtime) {
        return new Dependencies(runtime, new InstalledTrees());
    }

    @Test
    void saysSoWhenAPackageOfTheRuntimeIsGone() {
        bundles.deploy(bundle("user", "1", "io"));
        OctaveRuntime bare = new OctaveRuntime(Bundles.RUNTIME, List.of("octave-cli"), "7.3.0", List.of());
        assertThatThrownBy(() -> dependencies(bare).loadPath(deployed("user", "1"), bundles.releases.current()))
                .hasMessageContaining("user 1 -> io");
    }

    @Test
    void refusesToRetireWhatOthersPin() {
        bundles.deploy(bundle("lib", "1.0"));
        bundles.deploy(bundle("user", "1", "lib"));
        assertThatThrownBy(() -> bundles.deployer.undeploy("lib", "ann", ""))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_PINNED))
                .hasMessageContaining("user@1 depends on it");
    }

    @Test
    void refusesWhatIsNotThereAndLeavesNothing() throws Exception {
        refuses(
                bundle("user", "1", "lib"),
                ErrorCode.DEPENDENCY_UNSATISFIED,
                "user 1 -> lib: no bundle lib is deployed");
        refuses(
                bundle("user", "1", "octave (>= 99)"),
                ErrorCode.DEPENDENCY_UNSATISFIED,
                "user 1 needs octave (>= 99), and no runtime fits; there are octave-7.3.0 (Octave 7.3.0)");
        refuses(bundle("user", "1", "lib >= 2"), ErrorCode.INVALID_BUNDLE, "\"lib >= 2\" is no dependency");
        assertThat(bundles.visible()).isEmpty();
        assertThat(bundles.incoming()).isEmpty();
        assertThat(root.resolve("store/user")).doesNotExist();
    }

    @Test
    void bundlesOfOneRequestMayDependOnEachOtherInAnyOrder() {
        Map<String, DeployedVersion> stored = storeTogether(bundle("top", "1", "low"), bundle("low", "1"));
        assertThat(stored.values())
                .extracting(deployed -> deployed.version().name().text())
                .containsExactlyInAnyOrder("low", "top");
    }

    @Test
    void refusesACircleOfBundlesInOneRequest() {
        assertThatThrownBy(() -> storeTogether(bundle("a", "1.0.0", "b (>= 2)"), bundle("b", "2.1", "a")))
                .hasMessageContaining("the dependencies go round in a circle: a 1.0.0 -> b (>= 2) -> a");
    }

    private Map<String, DeployedVersion> storeTogether(byte[]... files) {
        Map<String, Intake.Wanted> wanted = new LinkedHashMap<>();
        try (Intake intake = bundles.deployer.intake()) {
            for (int i = 0; i < files.length; i++) {
                intake.receive("file" + i, new ByteArrayInputStream(files[i]));
                wanted.put("file" + i, Intake.Wanted.of(BundleNaming.BY_FILE));
            }
            return intake.store(wanted);
        }
    }
}
