package org.octaveserver.ops.web.mps.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFileTest {
    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectories(root.resolve("web"));
        Files.writeString(root.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("index.html"), "<p>");
        Files.writeString(folder.resolve("a b.txt"), "blank");
        Files.writeString(folder.resolve(".hidden"), "hidden");
        Files.createDirectories(folder.resolve("sub/.git"));
        Files.writeString(folder.resolve("sub/.git/config"), "hidden");
        Files.writeString(folder.resolve("sub/data.txt"), "0123456789");
        Files.createDirectories(folder.resolve("bare"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', index.html, false",
        "index.html, index.html, false",
        "a b.txt, a b.txt, false",
        "sub, sub, true",
        "sub/data.txt, sub/data.txt, false"
    })
    void findsFilesAndDirectories(String file, String path, boolean directory) {
        StaticFile found = StaticFile.find(folder, file).orElseThrow();
        assertThat(found.path()).isEqualTo(folder.resolve(path));
        assertThat(found.directory()).isEqualTo(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../secret.txt",
                "sub/../../secret.txt",
                "sub/../index.html",
                "./index.html",
                "sub//data.txt",
                "/etc/passwd",
                "//etc/passwd",
                "..\\secret.txt",
                "sub\\data.txt",
                ".hidden",
                "sub/.git/config",
                "index.html/",
                "index.html/x",
                "bare/",
                "sub/",
                "none",
                "index.html\0.txt",
                "INDEX.HTML\n",
                "/"
            })
    void findsNothingOutsideHiddenOrCrooked(String file) {
        assertThat(StaticFile.find(folder, file)).isEmpty();
    }

    @Test
    void followsNoLinkBelowTheFolderButTheFolderMayBeOne() throws IOException {
        Files.createSymbolicLink(folder.resolve("out.txt"), root.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("up"), root);
        Files.createSymbolicLink(folder.resolve("inside.txt"), folder.resolve("index.html"));
        for (String file : new String[] {"out.txt", "up/secret.txt", "up/web/index.html", "inside.txt"}) {
            assertThat(StaticFile.find(folder, file)).as(file).isEmpty();
        }
        Path link = Files.createSymbolicLink(root.resolve("current"), folder);
        assertThat(StaticFile.find(link, "index.html")).isPresent();
    }

    @Test
    void servesNothingThatIsNoFile() throws Exception {
        Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
        assertThat(made.waitFor()).isZero();
        assertThat(StaticFile.find(folder, "pipe")).isEmpty();
    }

    @Test
    void readsAPart() throws IOException {
        StaticFile file = StaticFile.find(folder, "sub/data.txt").orElseThrow();
        try (InputStream in = file.open(new ByteRange(3, 4))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("3456");
        }
    }
}
