package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.OpsException;

class ManifestReaderTest {
    @TempDir
    Path root;

    @Test
    void takesNameAndVersionFromDescription() throws IOException {
        description("Name: stats\nVersion: 1.4\nTitle: Statistics\nDescription: Some.\nDepends: io\n");
        Manifest manifest = read();
        assertThat(manifest.name()).hasToString("stats");
        assertThat(manifest.version()).hasToString("1.4");
        assertThat(manifest.title()).isEqualTo("Statistics");
        assertThat(manifest.description()).isEqualTo("Some.");
        assertThat(manifest.depends()).containsExactly("io");
        assertThat(manifest.exports()).isEmpty();
    }

    @Test
    void letsOpsJsonWinOverDescription() throws IOException {
        description("Name: stats\nVersion: 1.4\nDescription: Old.\n");
        ops("{\"description\":\"New.\"}");
        assertThat(read().description()).isEqualTo("New.");
    }

    @Test
    void refusesTwoNamesThatDiffer() throws IOException {
        description("Name: stats\nVersion: 1.4\n");
        ops("{\"name\":\"Stats\"}");
        assertThatThrownBy(this::read).hasMessageContaining("ops.json gives the name \"Stats\", DESCRIPTION \"stats\"");
    }

    @Test
    void refusesTwoVersionsThatDiffer() throws IOException {
        description("Name: stats\nVersion: 1.4\n");
        ops("{\"version\":\"1.5\"}");
        assertThatThrownBy(this::read).hasMessageContaining("version \"1.5\", DESCRIPTION \"1.4\"");
    }

    @Test
    void refusesABundleWithoutAName() {
        assertThatThrownBy(this::read).hasMessageContaining("add \"name\" to its ops.json, or Name to its DESCRIPTION");
    }

    @Test
    void takesTheDefaultNameOnlyWhenThereIsNoOther() throws IOException {
        assertThat(ManifestReader.read(new BundleTree(root), BundleNaming.byDefault("upload"))
                        .name())
                .hasToString("upload");
        ops("{\"name\":\"own\"}");
        assertThat(ManifestReader.read(new BundleTree(root), BundleNaming.byDefault("upload"))
                        .name())
                .hasToString("own");
    }

    @Test
    void givesAPlainFolderVersionZeroButWantsOneInDescription() throws IOException {
        ops("{\"name\":\"plain\"}");
        assertThat(read().version()).isEqualTo(Version.NONE);
        description("Name: plain\n");
        assertThatThrownBy(this::read).hasMessageContaining("DESCRIPTION has no Version");
    }

    @Test
    void readsPastAByteOrderMark() throws IOException {
        description("\uFEFFName: stats\nVersion: 1.4\n");
        assertThat(read().name()).hasToString("stats");
    }

    @Test
    void refusesMoreDependenciesThanAnybodyHas() throws IOException {
        String all = IntStream.range(0, 101)
                .mapToObj(i -> "\"octave (>= 0." + i + ")\"")
                .collect(Collectors.joining(","));
        ops("{\"name\":\"x\",\"depends\":[" + all + "]}");
        assertThatThrownBy(this::read)
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("name 101 dependencies; at most 100");
    }

    @Test
    void refusesAManifestOfAMegabyte() throws IOException {
        ops(" ".repeat((1 << 20) + 1));
        assertThatThrownBy(this::read).hasMessageContaining("ops.json is 1048577 bytes; at most 1048576");
    }

    private void description(String text) throws IOException {
        Files.writeString(root.resolve("DESCRIPTION"), text);
    }

    private void ops(String text) throws IOException {
        Files.writeString(root.resolve("ops.json"), text);
    }

    private Manifest read() throws IOException {
        return ManifestReader.read(new BundleTree(root), BundleNaming.BY_FILE);
    }
}
