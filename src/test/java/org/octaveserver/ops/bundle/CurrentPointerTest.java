package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrentPointerTest {
    private static final SymlinkCreator REFUSED = (link, target) -> {
        throw new FileSystemException(link.toString(), null, "Operation not permitted");
    };

    @TempDir
    Path root;

    @Test
    void leadsNowhereBeforeTheFirstRelease() throws IOException {
        assertThat(pointer(SymlinkCreator.PLATFORM).read()).isZero();
    }

    @Test
    void isAFileOfOneLineWhereLinksAreRefused() throws IOException {
        pointer(REFUSED).point(12, root.resolve("scratch"));
        assertThat(root.resolve("current")).isRegularFile().hasContent("releases/12\n");
        assertThat(Files.isSymbolicLink(root.resolve("current"))).isFalse();
        assertThat(pointer(SymlinkCreator.PLATFORM).read()).isEqualTo(12);
    }

    @Test
    void replacesALinkByAFileAndAFileByALink() throws IOException {
        pointer(SymlinkCreator.PLATFORM).point(1, root.resolve("s1"));
        pointer(REFUSED).point(2, root.resolve("s2"));
        assertThat(pointer(REFUSED).read()).isEqualTo(2);
        pointer(SymlinkCreator.PLATFORM).point(3, root.resolve("s3"));
        assertThat(pointer(REFUSED).read()).isEqualTo(3);
        assertThat(Files.readSymbolicLink(root.resolve("current"))).isEqualTo(Path.of("releases/3"));
        assertThat(FileTrees.list(root)).hasSize(1);
    }

    @Test
    void deploysWhereLinksAreRefused() {
        Bundles bundles = new Bundles(root, Bundles.RUNTIME, REFUSED, DeploymentObserver.NONE);
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("y", "1.0", "").tarGz());
        assertThat(new Bundles(root).visible()).containsExactly("x 1.0", "y 1.0");
        assertThat(root.resolve("releases/2/x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "releases/",
                "releases/0",
                "releases/01",
                "releases/-1",
                "../releases/1",
                "releases/1/x",
                "releases/1\nreleases/2",
                "releases/9999999999999999999"
            })
    void refusesAFileThatLeadsNowhere(String content) throws IOException {
        Files.writeString(root.resolve("current"), content);
        assertThatThrownBy(() -> pointer(REFUSED).read()).hasMessageContaining("it must lead to releases/<number>");
    }

    private CurrentPointer pointer(SymlinkCreator links) {
        return new CurrentPointer(root.resolve("current"), links);
    }
}
