package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class StoreTest {
    @TempDir
    Path root;

    @Test
    void loadsAVersionAgainWithAllThatWasKnownOfIt() {
        String ops = "{\"name\":\"x\",\"version\":\"1.0-rc.1\",\"description\":\"D\",\"exports\":[\"f\"],"
                + "\"limits\":{\"timeout\":\"250ms\"},\"signatures\":{\"f\":{\"a\":[1.50,1e400,null]}}}";
        byte[] file =
                archive().file("ops.json", ops).file("f.m", "").file("g.m", "").tarGz();
        BundleVersion stored = new Bundles(root).deploy(file).version();
        assertThat(new Store(root).find(stored.name(), stored.version(), stored.digest()))
                .contains(stored);
        assertThat(new Store(root).load(stored.directory()).manifest().signatures())
                .contains("{\"f\":{\"a\":[1.50,1E+400,null]}}");
    }

    @Test
    void doesNotFindOtherContentOrOtherVersions() {
        BundleVersion stored =
                new Bundles(root).deploy(folder("x", "1.0", "").tarGz()).version();
        Store store = new Store(root);
        assertThat(store.find(stored.name(), new Version("1.1"), stored.digest()))
                .isEmpty();
        assertThat(store.find(stored.name(), stored.version(), "0".repeat(64))).isEmpty();
    }

    @Test
    void refusesContentWhoseDigestOnlyBeginsAlike() {
        BundleVersion stored =
                new Bundles(root).deploy(folder("x", "1.0", "").tarGz()).version();
        String alike = stored.digest().substring(0, 12) + "0".repeat(52);
        assertThatThrownBy(() -> new Store(root).find(stored.name(), stored.version(), alike))
                .hasMessageContaining("begins alike")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_CONFLICT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "{\"format\": 2,",
                "s/\"format\" : 1/\"format\" : 2/",
                "s/\"nargin\" : -1/\"nargin\" : null/",
                "s/\"nargin\" : -1/\"nargin\" : \"1\"/",
                "s/\"digest\" : \"/\"digest\" : \"z/",
                "s/\"stored\" : \"/\"stored\" : \"x/"
            })
    void namesADamagedFile(String damage) throws IOException {
        BundleVersion stored =
                new Bundles(root).deploy(folder("x", "1.0", "").tarGz()).version();
        Path file = stored.directory().resolve("bundle.json");
        Files.writeString(file, damaged(Files.readString(file), damage));
        assertThatThrownBy(() -> new Bundles(root).releases.current())
                .hasMessageContaining(stored.directory().toString())
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }

    private static String damaged(String text, String damage) {
        if (!damage.startsWith("s/")) {
            return damage;
        }
        String[] parts = damage.split("/", -1);
        assertThat(text).contains(parts[1]);
        return text.replace(parts[1], parts[2]);
    }

    @Test
    void reusesWhatAnotherDeployerStoredMeanwhile() throws IOException {
        Bundles bundles = new Bundles(root);
        BundleVersion stored = bundles.deploy(folder("x", "1.0", "").tarGz()).version();
        Path staged = Files.createDirectories(root.resolve("incoming/late"));
        assertThat(bundles.store.add(staged, stored)).isEqualTo(stored);
        assertThat(staged).exists();
        FileTrees.delete(staged);
    }

    @Test
    void aStumpDoesNotKeepTheVersionOut() throws IOException {
        Bundles bundles = new Bundles(root);
        byte[] file = folder("x", "1.0", "").tarGz();
        BundleVersion stored = bundles.deploy(file).version();
        bundles.deployer.undeploy("x", "ann", "");
        FileTrees.delete(stored.directory());
        Files.createDirectories(stored.directory().resolve("install/default/1.0"));
        assertThat(bundles.deploy(file).changed()).isTrue();
        assertThat(stored.directory().resolve("bundle.json")).exists();
        assertThat(stored.directory().resolve("install/default")).doesNotExist();
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void aTreeThatIsMadeForAVersionThatVanishesMakesNoStump() throws IOException {
        Bundles bundles = new Bundles(root);
        byte[] file = archive()
                .file("p/DESCRIPTION", "Name: p\nVersion: 1.0\n")
                .file("p/inst/f.m", "")
                .tarGz();
        Deployed deployed = bundles.deploy(file);
        BundleVersion stored = deployed.version();
        DeployedVersion pinned = DeployedVersion.of(stored);
        bundles.inspector.meanwhile = () -> {
            try {
                FileTrees.delete(stored.directory());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        assertThatThrownBy(
                        () -> bundles.maker.make(pinned, deployed.release().bundles(), Bundles.octave("nine", "9.4.0")))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_INCOMPLETE));
        assertThat(stored.directory()).doesNotExist();
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void aVersionThatIsBeingMadeForAnotherRuntimeIsClaimedFirst() throws IOException {
        Bundles bundles = new Bundles(root);
        byte[] file = folder("x", "1.0", "").tarGz();
        BundleVersion stored = bundles.deploy(file).version();
        bundles.deployer.undeploy("x", "ann", "");
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(stored.directory(), old);
        bundles.runtimes.set(0, Bundles.octave("other"));
        List<FileTime> seen = new ArrayList<>();
        bundles.inspector.meanwhile = () -> {
            try {
                seen.add(Files.getLastModifiedTime(stored.directory()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        bundles.deploy(file);
        assertThat(seen).isNotEmpty().doesNotContain(old);
    }
}
