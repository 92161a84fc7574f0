package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.DurableFiles;

class ReleasesTest {
    @TempDir
    Path root;

    @Test
    void isReleaseZeroBeforeTheFirst() {
        assertThat(new Bundles(root).releases.current()).isEqualTo(Release.NONE);
        assertThat(new Bundles(root).releases.history()).isEmpty();
    }

    @Test
    void writesTheReleaseAsTheArchitectureSays() throws IOException {
        BundleVersion version =
                new Bundles(root).deploy(folder("x", "1.0", "").tarGz()).version();
        String relative = "store/x/1.0-" + version.digest().substring(0, 12);
        assertThat(Files.readSymbolicLink(root.resolve("current"))).isEqualTo(Path.of("releases/1"));
        assertThat(Files.readSymbolicLink(root.resolve("releases/1/x"))).isEqualTo(Path.of("../../" + relative));
        assertThat(root.resolve("current/x/bundle.json")).isRegularFile();
        assertThat(StrictJson.tree(Files.readString(root.resolve("releases/1/release.json"))
                                .replace("\n", ""))
                        .at("/bundles/x/0")
                        .toString())
                .isEqualTo("{\"version\":\"1.0\",\"digest\":\"" + version.digest() + "\",\"directory\":\"" + relative
                        + "\",\"default\":true,\"runtime\":\"octave-7.3.0\",\"pins\":{}}");
    }

    @Test
    void keepsVersionsSideBySideWithOneDefault() throws IOException {
        Bundles bundles = new Bundles(root);
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("x", "1.1", "").tarGz());
        DeployedBundle read = new Bundles(root).releases.current().deployed("x").orElseThrow();
        assertThat(read).isEqualTo(bundles.releases.current().deployed("x").orElseThrow());
        assertThat(read.listed()).isEqualTo("1.0, 1.1 (default)");
        assertThat(root.resolve("releases/2/x").toRealPath())
                .isEqualTo(read.byDefault().version().directory().toRealPath());
        assertThat(root.resolve("releases/2/x@1.0/bundle.json")).isRegularFile();
        assertThat(root.resolve("releases/2/x@1.1")).doesNotExist();
    }

    @Test
    void readsAReleaseOfTheFirstFormat() throws IOException {
        Bundles bundles = new Bundles(root);
        Deployed deployed = bundles.deploy(folder("x", "1.0", "").tarGz());
        Path file = root.resolve("releases/1/release.json");
        String old = Files.readString(file)
                .replaceAll("\\s+", "")
                .replace("\"format\":2", "\"format\":1")
                .replace("\"activated\":0,", "")
                .replace(",\"runtime\":\"octave-7.3.0\",\"pins\":{}", "");
        assertThat(old).doesNotContain("pins").doesNotContain("activated").contains("\"format\":1");
        Files.writeString(file, old.replace("atest", "a test"));
        DeployedBundle read = new Bundles(root).releases.current().deployed("x").orElseThrow();
        assertThat(read.byDefault()).isEqualTo(DeployedVersion.of(deployed.version()));
    }

    @Test
    void refusesAReleaseWithoutExactlyOneOfEachVersion() throws IOException {
        new Bundles(root).deploy(folder("x", "1.0", "").tarGz());
        Path file = root.resolve("releases/1/release.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"default\" : true", "\"default\" : false"));
        assertThatThrownBy(() -> new Bundles(root).releases.current()).hasMessageContaining("gives no default version");
        Files.writeString(file, text.replaceAll("(?s)\\[ (.*) \\]", "[ $1, $1 ]"));
        assertThatThrownBy(() -> new Bundles(root).releases.current()).hasMessageContaining("is damaged");
        Files.writeString(file, text.replace("\"format\" : 2", "\"format\" : 3"));
        assertThatThrownBy(() -> new Bundles(root).releases.current())
                .hasMessageContaining("has format 3; this OPS reads formats 1 and 2");
    }

    @Test
    void keepsHistoryNewestFirst() {
        Bundles bundles = new Bundles(root);
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("x", "1.1", "").tarGz());
        bundles.deployer.undeploy("x", "bob", "no longer wanted");
        List<Release> history = new Bundles(root).releases.history();
        assertThat(history).extracting(Release::number).containsExactly(3L, 2L, 1L);
        assertThat(history).extracting(Release::previous).containsExactly(2L, 1L, 0L);
        assertThat(history.get(0).by()).isEqualTo("bob");
        assertThat(history.get(0).reason()).isEqualTo("no longer wanted");
        assertThat(history.get(2).bundle("x")).map(BundleVersion::version).contains(new Version("1.0"));
    }

    @Test
    void readsTheReleaseAgainOnlyWhenTheLinkChanges() throws IOException {
        Bundles bundles = new Bundles(root);
        bundles.deploy(folder("x", "1.0", "").tarGz());
        Release first = bundles.releases.current();
        Files.delete(root.resolve("releases/1/release.json"));
        assertThat(bundles.releases.current()).isSameAs(first);
        assertThatThrownBy(() -> new Bundles(root).releases.current()).isInstanceOf(OpsException.class);
    }

    @Test
    void neverTakesANumberTwice() throws IOException {
        Bundles bundles = new Bundles(root);
        bundles.deploy(folder("x", "1.0", "").tarGz());
        Files.createDirectories(root.resolve("releases/7"));
        assertThat(bundles.deploy(folder("y", "1.0", "").tarGz())
                        .published()
                        .release()
                        .number())
                .isEqualTo(8);
        assertThat(bundles.visible()).containsExactly("x 1.0", "y 1.0");
        assertThat(root.resolve("releases/7")).isEmptyDirectory();
        FileTrees.delete(root.resolve("releases/8"));
        bundles.deploy(folder("z", "1.0", "").tarGz());
        assertThat(bundles.releases.current().number()).isEqualTo(9);
    }

    @Test
    void doesNotRenameOverAReleaseWhetherEmptyOrFull() throws IOException {
        Path finished = Files.createDirectory(root.resolve("finished"));
        Files.writeString(finished.resolve("release.json"), "mine");
        Path empty = Files.createDirectory(root.resolve("1"));
        assertThat(DurableFiles.moveIntoPlace(finished, empty)).isFalse();
        assertThat(empty).isEmptyDirectory();
        Files.writeString(empty.resolve("release.json"), "theirs");
        assertThat(DurableFiles.moveIntoPlace(finished, empty)).isFalse();
        assertThat(empty.resolve("release.json")).hasContent("theirs");
        assertThat(finished.resolve("release.json")).hasContent("mine");
        Path link = Files.createSymbolicLink(root.resolve("2"), Path.of("nowhere"));
        assertThat(DurableFiles.moveIntoPlace(finished, link)).isFalse();
        assertThat(DurableFiles.moveIntoPlace(finished, root.resolve("3"))).isTrue();
    }

    @Test
    void failsTheRenameItselfWhenAnotherTookTheNumberAfterTheLook() throws IOException {
        Path finished = Files.createDirectory(root.resolve("finished"));
        Files.writeString(finished.resolve("release.json"), "mine");
        Path taken = Files.createDirectory(root.resolve("1"));
        Files.writeString(taken.resolve("release.json"), "theirs");
        assertThatThrownBy(() -> Files.move(finished, taken, java.nio.file.StandardCopyOption.ATOMIC_MOVE))
                .isInstanceOf(FileSystemException.class);
        assertThat(taken.resolve("release.json")).hasContent("theirs");
    }

    @Test
    void appliesTheChangeAgainOnTopOfAQuickerDeployer() {
        Bundles quick = new Bundles(root);
        Bundles slow = new Bundles(root);
        BundleVersion version = quick.deploy(folder("x", "1.0", "").tarGz()).version();
        List<Integer> seen = new java.util.ArrayList<>();
        Published published = slow.releases.publish(ReleaseRequest.of("ann", ""), OptionalLong.empty(), before -> {
            if (seen.isEmpty()) {
                quick.deploy(folder("y", "1.0", "").tarGz());
            }
            seen.add(before.size());
            Map<String, DeployedBundle> after = new TreeMap<>(before);
            after.remove(version.name().text());
            return after;
        });
        assertThat(seen).containsExactly(1, 2);
        assertThat(published.release().number()).isEqualTo(3);
        assertThat(slow.visible()).containsExactly("y 1.0");
    }

    @Test
    void bringsForwardWhatASlowDeployerSetBack() throws IOException {
        Bundles bundles = new Bundles(root);
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("y", "1.0", "").tarGz());
        new CurrentPointer(root.resolve("current"), SymlinkCreator.PLATFORM).point(1, root.resolve("scratch"));
        assertThat(bundles.visible()).containsExactly("x 1.0");
        new Bundles(root).releases.bringForward();
        assertThat(bundles.visible()).containsExactly("x 1.0", "y 1.0");
    }

    @Test
    void refusesAReleaseThatLeadsOutOfTheStore() throws IOException {
        new Bundles(root).deploy(folder("x", "1.0", "").tarGz());
        Path file = root.resolve("releases/1/release.json");
        Files.writeString(file, Files.readString(file).replace("\"store/x/", "\"../../etc/"));
        assertThatThrownBy(() -> new Bundles(root).releases.current())
                .hasMessageContaining("outside")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }

    @Test
    void refusesAReleaseWhoseStoreHoldsSomethingElse() throws IOException {
        BundleVersion version =
                new Bundles(root).deploy(folder("x", "1.0", "").tarGz()).version();
        Path file = root.resolve("releases/1/release.json");
        Files.writeString(file, Files.readString(file).replace(version.digest(), "0".repeat(64)));
        assertThatThrownBy(() -> new Bundles(root).releases.current()).hasMessageContaining("but store/x/1.0-");
    }
}
