package org.octaveserver.ops.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeStampTest {
    @TempDir
    Path directory;

    private RuntimeStamp stamp(String command, Path... told) {
        return RuntimeStamp.of(List.of(command), "/nonexistent:" + directory, List.of(told));
    }

    private Path program(String name, String text) {
        return Scripts.make(directory.resolve(name), text);
    }

    @Test
    void staysAsItIsWhileNothingChanges() {
        program("octave", "exit 0");
        RuntimeStamp stamp = stamp("octave", directory.resolve("none"));
        assertThat(stamp.now())
                .isEqualTo(stamp.now())
                .contains(directory.resolve("octave") + " ")
                .contains(directory.resolve("none") + " is not there");
    }

    @Test
    void seesAnotherFileOfTheSameSizeAndTime() throws IOException {
        Path octave = program("octave", "exit 0");
        FileTime time = Files.getLastModifiedTime(octave);
        RuntimeStamp stamp = stamp("octave");
        String before = stamp.now();
        Path other = program("other", "exit 1");
        Files.setLastModifiedTime(other, time);
        Files.move(other, octave, StandardCopyOption.ATOMIC_MOVE);
        assertThat(Files.getLastModifiedTime(octave)).isEqualTo(time);
        assertThat(stamp.now()).isNotEqualTo(before);
    }

    @Test
    void followsLinks() throws IOException {
        program("octave-7", "exit 7");
        program("octave-9", "exit 9");
        Path link = Files.createSymbolicLink(directory.resolve("octave"), Path.of("octave-7"));
        RuntimeStamp stamp = stamp(link.toString());
        String before = stamp.now();
        Files.delete(link);
        assertThat(stamp.now()).isEqualTo(link + " is not there");
        Files.createSymbolicLink(link, Path.of("octave-9"));
        assertThat(stamp.now()).isNotEqualTo(before).contains("octave-9");
    }

    @Test
    void seesListsOfPackagesComeAndGo() throws IOException {
        program("octave", "exit 0");
        Path list = directory.resolve("octave_packages");
        RuntimeStamp stamp = stamp("octave", list);
        String before = stamp.now();
        Files.writeString(list, "");
        String with = stamp.now();
        assertThat(with).isNotEqualTo(before);
        Files.writeString(list, "more");
        assertThat(stamp.now()).isNotEqualTo(with).isNotEqualTo(before);
    }

    @Test
    void findsNoProgramThatIsNotOnThePath() {
        assertThat(stamp("octave").files()).isEmpty();
    }
}
