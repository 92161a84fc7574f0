package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** A release that somebody or the disk has damaged must not take the others with it. */
class DamagedReleasesTest {
    private static final ReleaseRequest REQUEST = ReleaseRequest.of("ann", "");

    @TempDir
    Path root;

    private Bundles bundles;

    /** Three releases, the second one to be damaged. */
    @BeforeEach
    void deploy() {
        bundles = new Bundles(root);
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("x", "1.1", "").tarGz());
        bundles.deployer.undeploy("x", "ann", "");
        bundles.deploy(folder("x", "1.2", "").tarGz());
        assertThat(bundles.releases.history()).hasSize(4);
    }

    private Path file(long release) {
        return root.resolve("releases/" + release + "/release.json");
    }

    private static List<Long> damaged(Bundles bundles) {
        return bundles.releases.kept().stream()
                .filter(kept -> kept.release().isEmpty())
                .map(KeptRelease::number)
                .toList();
    }

    private String problem() {
        return bundles.releases.kept().stream()
                .flatMap(kept -> kept.problem().stream())
                .findFirst()
                .orElseThrow();
    }

    private void goBack(long release) {
        Release target = bundles.releases.release(release);
        bundles.deployer.apply(List.of(new Change.RollBack(target, Optional.empty())), REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"format\":2}", "{\"format\":1,\"bundles\":[1]}", "\u0000\u0000"})
    void isListedAsDamagedAndTheOthersAreThere(String content) throws IOException {
        Files.writeString(file(2), content);
        assertThat(damaged(bundles)).containsExactly(2L);
        assertThat(problem())
                .startsWith("release 2 is damaged: ")
                .contains(file(2).toString())
                .doesNotContain("com.fasterxml")
                .doesNotContain("[Source");
        assertThat(bundles.releases.history()).extracting(Release::number).containsExactly(4L, 3L, 1L);
        assertThatThrownBy(() -> goBack(2))
                .hasMessage(problem())
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RELEASE_DAMAGED));
        goBack(1);
        bundles.deploy(folder("y", "1.0", "").tarGz());
        bundles.replace(folder("x", "1.2", "% other").tarGz());
        assertThat(new Bundles(root).visible()).containsExactly("x 1.2", "y 1.0");
    }

    @Test
    void saysWhichVersionIsLostAndWhichIsNotWhatItWas() throws IOException {
        DeployedVersion lost = bundles.releases.release(2).versions().get(1);
        FileTrees.delete(lost.version().directory());
        assertThat(damaged(bundles)).containsExactly(2L);
        assertThat(problem())
                .isEqualTo("release 2 needs " + lost.version().directory() + ", which is not in the store any more");
        goBack(1);

        Path bundleFile = bundles.releases
                .release(1)
                .versions()
                .get(0)
                .version()
                .directory()
                .resolve("bundle.json");
        Files.writeString(bundleFile, "{");
        assertThat(damaged(new Bundles(root))).containsExactly(5L, 2L, 1L);
    }

    @Test
    void ofTheCurrentOneAServerThatKnowsItGoesOn() throws IOException {
        Files.writeString(file(4), "{");
        assertThat(damaged(bundles)).containsExactly(4L);
        goBack(1);
        assertThat(new Bundles(root).visible()).containsExactly("x 1.0");
    }

    @Test
    void aCurrentThatLeadsToNoReleaseIsBroughtForward() throws IOException {
        Files.delete(root.resolve("current"));
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/99999"));
        Bundles other = new Bundles(root);
        assertThatThrownBy(other.releases::current)
                .hasMessageStartingWith(root.resolve("current") + " leads to release 99999, which is not there")
                .hasMessageContaining("ops.bundles.poll-interval");
        other.releases.bringForward();
        assertThat(Files.readSymbolicLink(root.resolve("current"))).isEqualTo(Path.of("releases/4"));
        assertThat(other.visible()).containsExactly("x 1.2");
        assertThat(bundles.deploy(folder("y", "1.0", "").tarGz()).release().number())
                .isEqualTo(5);
    }

    @Test
    void aDeploymentBringsSuchACurrentForwardToo() throws IOException {
        Published published = bundles.deployer.apply(List.of(), REQUEST);
        assertThat(published.changed()).isFalse();
        bundles.releases.current();
        Files.delete(root.resolve("current"));
        Files.createSymbolicLink(root.resolve("current"), Path.of("releases/99999"));
        new Bundles(root).releases.publish(REQUEST, java.util.OptionalLong.empty(), before -> java.util.Map.of());
        assertThat(new Bundles(root).releases.current().previous()).isEqualTo(4);
        assertThat(new Bundles(root).releases.current().bundles()).isEmpty();
    }

    @Test
    void whereThereIsNoReleaseAtAllTheMessageNamesCurrent() throws IOException {
        FileTrees.delete(root.resolve("releases"));
        Bundles other = new Bundles(root);
        other.releases.bringForward();
        assertThatThrownBy(other.releases::current)
                .hasMessageContaining(root.resolve("current") + " leads to release 4, which is not there")
                .hasMessageContaining("backup");
    }
}
