package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Several changes in one release: all of them, or none. */
class BatchTest {
    @TempDir
    Path root;

    private static final ReleaseRequest REQUEST = ReleaseRequest.of("ann", "a batch");

    private static Map<String, DeployedVersion> stored(Bundles bundles, Map<String, byte[]> files) {
        try (Intake intake = bundles.deployer.intake()) {
            Map<String, Intake.Wanted> wanted = new TreeMap<>();
            new TreeMap<>(files).forEach((name, content) -> {
                intake.receive(name, new ByteArrayInputStream(content));
                wanted.put(name, Intake.Wanted.of(BundleNaming.BY_FILE));
            });
            return intake.store(wanted);
        }
    }

    private static List<Change> deployments(Bundles bundles, Map<String, byte[]> files) {
        return stored(bundles, files).values().stream()
                .<Change>map(added -> new Change.Deploy(added, true, DeployMode.UPGRADE))
                .toList();
    }

    private static Map<String, byte[]> three(String version) {
        return Map.of(
                "a.zip", folder("a", version, "").zip(),
                "b.zip", folder("b", version, "").zip(),
                "c.zip", folder("c", version, "").zip());
    }

    @Test
    void makesOneReleaseOfMany() throws IOException {
        Bundles bundles = new Bundles(root);
        Published published = bundles.deployer.apply(deployments(bundles, three("1.0")), REQUEST);
        assertThat(published.release().number()).isEqualTo(1);
        assertThat(new Bundles(root).visible()).containsExactly("a 1.0", "b 1.0", "c 1.0");
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void namesEachFileThatIsRefusedAndChangesNothing() throws IOException {
        Bundles bundles = new Bundles(root);
        Map<String, byte[]> files = new TreeMap<>(three("1.0"));
        files.put("b.zip", folder("b", "1.0", "parse error").zip());
        files.put("c.zip", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> stored(bundles, files))
                .hasMessageContaining("2 parts of the request are refused")
                .hasMessageContaining("\"b.zip\": ")
                .hasMessageContaining("f.m:1: parse error")
                .hasMessageContaining("\"c.zip\": ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("a.zip"));
        assertThat(bundles.releases.current()).isEqualTo(Release.NONE);
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void refusesAFileThatIsNotThereOrTwice() throws IOException {
        Bundles bundles = new Bundles(root);
        try (Intake intake = bundles.deployer.intake()) {
            intake.receive("a", new ByteArrayInputStream(folder("a", "1.0", "").zip()));
            assertThatThrownBy(() -> intake.receive("a", new ByteArrayInputStream(new byte[0])))
                    .hasMessage("two files are named \"a\"; a name tells one file");
            assertThatThrownBy(() -> intake.store(Map.of("b", Intake.Wanted.of(BundleNaming.BY_FILE))))
                    .hasMessage("there is no file \"b\" in the request; it has a");
        }
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void namesEachBundleWhoseVersionHasOtherContent() {
        Bundles bundles = new Bundles(root);
        bundles.deployer.apply(deployments(bundles, three("1.0")), REQUEST);
        bundles.deployer.undeploy("c", "ann", "");
        Map<String, byte[]> other = Map.of(
                "a", folder("a", "1.0", "% new").zip(),
                "b", folder("b", "2.0", "").zip(),
                "c", folder("c", "1.0", "% new").zip());
        List<Change> changes = deployments(bundles, other);
        assertThatThrownBy(() -> bundles.deployer.apply(changes, REQUEST))
                .hasMessageContaining("a 1.0 is deployed with digest")
                .hasMessageContaining("c 1.0 is deployed with digest");
        assertThat(bundles.visible()).containsExactly("a 1.0", "b 1.0");
    }

    @Test
    void findsOutWhatWouldBeWithoutDoingIt() throws IOException {
        Bundles bundles = new Bundles(root);
        bundles.deploy(folder("a", "1.0", "").zip());
        ReleaseRequest dry = new ReleaseRequest("ann", "", OptionalLong.empty(), true);
        Published would = bundles.deployer.apply(deployments(bundles, three("2.0")), dry);
        assertThat(would.changed()).isTrue();
        assertThat(would.release().number()).isEqualTo(2);
        assertThat(would.release().deployed("a").orElseThrow().listed()).isEqualTo("1.0, 2.0 (default)");
        assertThat(new Bundles(root).visible()).containsExactly("a 1.0");
        assertThat(new Bundles(root).releases.history()).hasSize(1);
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void refusesWhatWasThoughtUpForAnotherRelease() {
        Bundles bundles = new Bundles(root);
        bundles.deploy(folder("a", "1.0", "").zip());
        bundles.deploy(folder("a", "2.0", "").zip());
        List<Change> changes = List.of(new Change.Retire("a", Optional.of("1.0")));
        assertThatThrownBy(
                        () -> bundles.deployer.apply(changes, new ReleaseRequest("ann", "", OptionalLong.of(1), false)))
                .hasMessageContaining("release 2 is current, not 1")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_CHANGED));
        assertThat(bundles.deployer
                        .apply(changes, new ReleaseRequest("ann", "", OptionalLong.of(2), false))
                        .release()
                        .number())
                .isEqualTo(3);
    }

    @Test
    void goesBackToAnOlderReleaseByANewOne() {
        Bundles bundles = new Bundles(root);
        Release first = bundles.deployer
                .apply(deployments(bundles, three("1.0")), REQUEST)
                .release();
        bundles.deployer.apply(deployments(bundles, three("2.0")), REQUEST);
        bundles.deployer.undeploy("c", "ann", "");
        Change back = new Change.RollBack(bundles.releases.release(1), Optional.empty());
        Release now = bundles.deployer.apply(List.of(back), REQUEST).release();
        assertThat(now.number()).isEqualTo(4);
        assertThat(now.activated()).hasValue(1);
        assertThat(now.bundles()).isEqualTo(first.bundles());
        assertThat(new Bundles(root).releases.current()).isEqualTo(now);
        assertThat(bundles.deployer.apply(List.of(back), REQUEST).changed()).isFalse();
    }

    @Test
    void refusesAReleaseThatIsNotThereOrNotWhole() throws IOException {
        Bundles bundles = new Bundles(root);
        BundleVersion version = bundles.deploy(folder("a", "1.0", "").zip()).version();
        bundles.deployer.undeploy("a", "ann", "");
        assertThatThrownBy(() -> bundles.releases.release(7))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_NOT_FOUND));
        FileTrees.delete(version.directory());
        assertThatThrownBy(() -> bundles.releases.release(1))
                .hasMessageContaining(version.directory().toString())
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_INCOMPLETE));
    }

    @Test
    void namesBothOfTwoFilesThatAreOneVersion() throws IOException {
        Bundles bundles = new Bundles(root);
        byte[] file = folder("a", "1.0", "").zip();
        byte[] other = folder("a", "1.0", "% other").zip();
        assertThatThrownBy(() -> stored(bundles, Map.of("one.zip", file, "two.zip", other)))
                .hasMessageContaining("\"one.zip\" and \"two.zip\" are both a 1.0, with different content")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_CONFLICT));
        assertThat(stored(bundles, Map.of("one.zip", file, "two.zip", file))).hasSize(2);
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void listsOnlySomeOfManyRefusals() {
        List<Change> many = IntStream.range(0, 50)
                .<Change>mapToObj(i -> new Change.Retire("x" + i, Optional.empty()))
                .toList();
        assertThatThrownBy(() -> new Bundles(root).deployer.apply(many, REQUEST))
                .hasMessageStartingWith("50 parts of the request are refused")
                .hasMessageContaining("\"x19\"")
                .hasMessageEndingWith("\nand 30 more")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\"x20\""));
    }

    @ParameterizedTest
    @EnumSource(names = {"RELEASE_WRITTEN", "SWITCHED"})
    void isWholeOrNotThereAfterACrash(DeploymentStep fault) {
        new Bundles(root).deploy(folder("a", "1.0", "").zip());
        Bundles failing = new Bundles(root, step -> {
            if (step == fault) {
                throw new IllegalStateException("crash");
            }
        });
        List<Change> changes = deployments(failing, three("2.0"));
        assertThatThrownBy(() -> failing.deployer.apply(changes, REQUEST)).hasMessage("crash");
        Bundles fresh = new Bundles(root);
        fresh.deployer.start();
        assertThat(fresh.visible()).containsExactly("a 2.0", "b 2.0", "c 2.0");
    }
}
