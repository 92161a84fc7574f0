package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class ScratchDirectoriesTest {
    @TempDir
    Path folder;

    private Path root;
    private ScratchDirectories directories;

    @BeforeEach
    void place() {
        root = folder.resolve("run/workers");
        directories = new ScratchDirectories(root);
    }

    /** Removals end before the folder of the test is removed. */
    @AfterEach
    void stop() {
        directories.stop();
    }

    @Test
    void makesItsRootAndOneDirectoryPerWorker() {
        directories.start();

        ScratchDirectories.Scratch first = directories.create();
        ScratchDirectories.Scratch second = directories.create();

        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(first.directory()).hasParent(root);
        assertThat(first.work()).isEmptyDirectory();
        assertThat(first.home()).isEmptyDirectory();
        assertThat(first.temporary()).isEmptyDirectory();
    }

    @Test
    void deletingRemovesWhateverIsInIt() throws IOException {
        directories.start();
        ScratchDirectories.Scratch scratch = directories.create();
        Files.createDirectories(scratch.work().resolve("a/b"));
        Files.writeString(scratch.work().resolve("a/b/c"), "x");
        Path outside = Files.writeString(folder.resolve("outside"), "kept");
        Files.createSymbolicLink(scratch.work().resolve("link"), folder);

        scratch.delete();

        assertThat(root).isEmptyDirectory();
        assertThat(outside).hasContent("kept");
    }

    @Test
    void sweepsWhatAnEarlierServerLeft() throws IOException {
        Files.createDirectories(root.resolve("w7/work"));
        Files.writeString(root.resolve("w7/process"), "this is no process id\n");
        Files.createDirectories(root.resolve("w8"));

        directories.start();

        assertThat(root).isEmptyDirectory();
    }

    /** What an earlier server left and could not be removed is nobody's: a worker begins in an empty directory. */
    @Test
    void neverMakesADirectoryOfAnotherPartOfAWorkers() throws IOException {
        directories.start();
        Path left = Files.createDirectories(root.resolve("w1/work"));
        Files.writeString(left.resolve("old"), "x");

        ScratchDirectories.Scratch scratch = directories.create();

        assertThat(scratch.id()).isEqualTo("w2");
        assertThat(scratch.work()).isEmptyDirectory();
    }

    @Test
    void saysWhereADirectoryCouldNotBeMade() throws IOException {
        Files.createDirectories(root.getParent());
        Files.writeString(root, "a file where the directory should be");

        assertThatThrownBy(() -> directories.create())
                .isInstanceOf(OpsException.class)
                .hasMessageContaining(root.toString())
                .extracting(e -> ((OpsException) e).code())
                .isEqualTo(ErrorCode.WORKER_START_FAILED);
        assertThatThrownBy(() -> directories.start()).hasMessageContaining("ops.home");
    }

    @Test
    void knowsNoProcessWithoutANote() {
        directories.start();

        assertThat(directories.create().runningProcess()).isEmpty();
    }

    @Test
    void aProcessThatIsGoneIsNotTakenForAnother() throws IOException {
        directories.start();
        ScratchDirectories.Scratch scratch = directories.create();

        scratch.recordProcess(Long.MAX_VALUE);

        assertThat(scratch.runningProcess()).isEmpty();
    }
}
