package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelocationTest {
    @TempDir
    Path folder;

    private Path from;

    @BeforeEach
    void makeTree() throws IOException {
        from = Files.createDirectories(folder.resolve("a-rather-long-name/tree"));
    }

    private Path write(String name, String content) throws IOException {
        return Files.write(from.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String read(String name) throws IOException {
        return new String(Files.readAllBytes(from.resolve(name)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void changesEachPathInATextWhateverItsLength() throws IOException {
        write("PKG_ADD", "x ('" + from + "/a'); y ('" + from + "'); \u00e4");
        Path longer = folder.resolve("x".repeat(100));

        new Relocation(from, longer).apply();

        assertThat(read("PKG_ADD")).isEqualTo("x ('" + longer + "/a'); y ('" + longer + "'); \u00e4");
    }

    @Test
    void keepsTheSizeOfALibrary() throws IOException {
        Path to = folder.resolve("b");
        String old = from.toString();
        String saved = "\0".repeat(old.length() - to.toString().length());
        write("f.oct", "\u007fELF\0" + old + "/lib:" + old + "\0next\0" + old + "\0");

        new Relocation(from, to).apply();

        assertThat(read("f.oct"))
                .isEqualTo("\u007fELF\0" + to + "/lib:" + to + saved + saved + "\0next\0" + to + saved + "\0");
    }

    @Test
    void findsAPathThatLiesAcrossWhatIsReadAtOnce() throws IOException {
        String before = "x".repeat((1 << 16) - 5);
        write("large.txt", before + from + "\n");

        new Relocation(from, folder.resolve("b")).apply();

        assertThat(read("large.txt")).isEqualTo(before + folder.resolve("b") + "\n");
    }

    @Test
    void refusesALibraryWithoutRoomAndBinaryDataOfOtherKinds() throws IOException {
        write("f.oct", "\u007fELF\0" + from + "\0");
        assertThatThrownBy(() -> new Relocation(from, folder.resolve("x".repeat(100))).apply())
                .hasMessageContaining("\"f.oct\" names the directory that it was installed in");

        write("f.oct", "\0HDF" + from);
        assertThatThrownBy(() -> new Relocation(from, folder.resolve("b")).apply())
                .hasMessageContaining("in a form that cannot be changed");
    }

    @Test
    void keepsLinksInTheTree() throws IOException {
        Path lib = write("lib.so.1", "x");
        Files.createSymbolicLink(from.resolve("lib.so"), lib);
        Files.createSymbolicLink(from.resolve("near.so"), Path.of("lib.so.1"));

        new Relocation(from, folder.resolve("b")).apply();

        assertThat(Files.readSymbolicLink(from.resolve("lib.so"))).isEqualTo(folder.resolve("b/lib.so.1"));
        assertThat(Files.readSymbolicLink(from.resolve("near.so"))).isEqualTo(Path.of("lib.so.1"));
    }

    @Test
    void refusesALinkThatLeadsOut() throws IOException {
        Files.createSymbolicLink(from.resolve("out"), Path.of("../../b"));
        assertThatThrownBy(() -> new Relocation(from, folder.resolve("b")).apply())
                .hasMessageContaining("\"out\" is a link to \"../../b\", which is outside the package");
    }

    @Test
    void makesReadOnlyFilesThoseOfABundle() throws IOException {
        Path file = write("f.m", "");
        assertThat(file.toFile().setWritable(false)).isTrue();

        new Relocation(from, folder.resolve("b")).apply();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }
}
