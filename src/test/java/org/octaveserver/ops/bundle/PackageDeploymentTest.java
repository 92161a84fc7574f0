package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** How packages come into the store; what stands in for Octave's pkg compiles by copying. */
class PackageDeploymentTest {
    @TempDir
    Path root;

    private Bundles bundles;

    @BeforeEach
    void open() {
        bundles = new Bundles(root);
    }

    private static Archives pkg(String version) {
        return archive()
                .file("p/DESCRIPTION", "Name: p\nVersion: " + version + "\n")
                .file("p/inst/f.m", "")
                .file("p/src/g.cc", "");
    }

    private static String smoke(String function) {
        return "{\"smoke\":{\"function\":\"" + function + "\",\"rhs\":[[1,2]],\"nargout\":1}}";
    }

    @Test
    void putsWhatWasCompiledOnThePathBeforeTheRest() {
        BundleVersion version = bundles.deploy(pkg("1.0").tarGz()).version();
        Path installed = version.installed(Bundles.octave(Bundles.RUNTIME));
        assertThat(new InstalledTrees().at(installed).loadPath())
                .containsExactly(installed.resolve(CopyingInstaller.ARCH), installed);
    }

    @Test
    void keepsTheLogOfTheBuildBesideTheVersion() {
        BundleVersion version = bundles.deploy(pkg("1.0").tarGz()).version();
        assertThat(version.directory().resolve("build").resolve(Bundles.RUNTIME).resolve("7.3.0.log"))
                .hasContent("built p 1.0");
    }

    @Test
    void tellsAPackageTheDirectoryInTheStoreAsItsPlace() {
        BundleVersion version = bundles.deploy(pkg("1.0").tarGz()).version();
        Path installed = version.installed(Bundles.octave(Bundles.RUNTIME));
        assertThat(installed.resolve("place")).hasContent("installed in " + installed);
    }

    @Test
    void buildsWhereThePathIsNoShorterThanInTheStore() {
        bundles.deploy(pkg("1.2.3-a-rather-long-name-of-a-version-of-it.9999").tarGz());
        Path installed =
                bundles.releases.current().bundle("p").orElseThrow().installed(Bundles.octave(Bundles.RUNTIME));
        Path prefix = bundles.installer.builds.get(0).prefix();
        assertThat(prefix.toString().length())
                .isGreaterThanOrEqualTo(installed.toString().length());
    }

    @Test
    void leavesTheUploadedSourceAsItIs() throws IOException {
        BundleVersion version = bundles.deploy(pkg("1.0").tarGz()).version();
        assertThat(bundles.installer.builds.get(0).source())
                .isNotEqualTo(version.source().resolve("p"));
        assertThat(Bundles.files(version.source())).containsExactly("p/DESCRIPTION", "p/inst/f.m", "p/src/g.cc");
    }

    @Test
    void changesNothingWhenTheBuildFails() throws IOException {
        bundles.deploy(pkg("1.0").tarGz());
        byte[] bad = pkg("1.1").file("p/src/h.cc", "compiler error").tarGz();
        assertThatThrownBy(() -> bundles.deploy(bad))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUILD_FAILED))
                .hasMessageContaining("src/h.cc:1");
        assertThat(bundles.visible()).containsExactly("p 1.0");
        assertThat(bundles.incoming()).isEmpty();
        assertThat(FileTrees.list(root.resolve("store/p"))).hasSize(1);
    }

    @Test
    void buildsForAnotherRuntimeWhatIsStoredAlready() throws IOException {
        byte[] file = pkg("1.0").tarGz();
        bundles.deploy(file);
        Bundles other = new Bundles(root, "octave-9", SymlinkCreator.PLATFORM, DeploymentObserver.NONE);
        BundleVersion version = other.deploy(file).version();
        assertThat(Bundles.files(version.installed(Bundles.octave("octave-9"))))
                .contains("f.m", "some-arch/g.m", ".load-path");
        assertThat(Bundles.files(version.directory().resolve("build")))
                .containsExactly("octave-7.3.0/7.3.0.log", "octave-9/7.3.0.log");
    }

    @Test
    void triesTheSmokeCallBesideTheStore() {
        bundles.deploy(pkg("1.0").file("p/ops.json", smoke("f")).tarGz());
        assertThat(bundles.smoke.calls).singleElement().satisfies(call -> {
            assertThat(call.arguments()).hasSize(1);
            assertThat(call.outputs()).isEqualTo(1);
        });
        assertThat(bundles.smoke.loadPaths.get(0))
                .hasSize(2)
                .allMatch(path -> path.startsWith(root.resolve("incoming")));
    }

    @Test
    void changesNothingWhenTheSmokeCallFails() throws IOException {
        byte[] file = pkg("1.0")
                .file("p/inst/smokes.m", "")
                .file("p/ops.json", smoke("smokes"))
                .tarGz();
        assertThatThrownBy(() -> bundles.deploy(file)).hasMessageContaining("there is smoke");
        assertThat(bundles.visible()).isEmpty();
        assertThat(bundles.incoming()).isEmpty();
        assertThat(root.resolve("store/p")).doesNotExist();
    }

    @Test
    void refusesASmokeCallOfAFunctionThatIsNotTheBundles() {
        byte[] file = pkg("1.0").file("p/ops.json", smoke("system")).tarGz();
        assertThatThrownBy(() -> bundles.deploy(file))
                .hasMessageContaining("\"smoke.function\" is \"system\", which the bundle does not have; it has f");
        assertThat(bundles.smoke.calls).isEmpty();
    }

    @Test
    void refusesATreeWhoseLoadPathLeadsOut() throws IOException {
        Path tree = Files.createDirectories(root.resolve("tree"));
        Files.write(tree.resolve(InstalledTree.LOAD_PATH), List.of("..", "."));
        assertThatThrownBy(() -> new InstalledTrees().at(tree)).hasMessageContaining("which is outside");
    }
}
