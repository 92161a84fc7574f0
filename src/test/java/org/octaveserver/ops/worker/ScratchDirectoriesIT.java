package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was killed leaves workers; the next one ends them, and nobody else. */
class ScratchDirectoriesIT {
    @TempDir
    Path folder;

    private final List<SessionProcess> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(SessionProcess::killGroup);
    }

    /** A process in a session of its own that has started another one. */
    private SessionProcess left() throws IOException {
        SessionProcess process = SessionProcess.start(
                List.of("/bin/sh", "-c", "sleep 300 & echo $!; wait"),
                folder,
                Map.of("PATH", "/usr/bin:/bin"),
                SessionProcess.Walls.NONE);
        started.add(process);
        return process;
    }

    private static ProcessHandle childOf(SessionProcess process) throws IOException {
        byte[] line = process.fromWorker().readNBytes(1);
        StringBuilder pid = new StringBuilder();
        while (line[0] != '\n') {
            pid.append((char) line[0]);
            line = process.fromWorker().readNBytes(1);
        }
        return ProcessHandle.of(Long.parseLong(pid.toString())).orElseThrow();
    }

    private ScratchDirectories.Scratch scratchOf(SessionProcess process) {
        ScratchDirectories earlier = new ScratchDirectories(folder.resolve("workers"));
        earlier.start();
        ScratchDirectories.Scratch scratch = earlier.create();
        scratch.recordProcess(process.pid());
        return scratch;
    }

    private void nextServerStarts() {
        new ScratchDirectories(folder.resolve("workers")).start();
    }

    @Test
    void aWorkerThatWasLeftBehindIsKilledWithAllThatItStarted() throws IOException {
        SessionProcess worker = left();
        ProcessHandle child = childOf(worker);
        ScratchDirectories.Scratch scratch = scratchOf(worker);
        assertThat(scratch.runningProcess()).map(ProcessHandle::pid).contains(worker.pid());

        nextServerStarts();

        assertThat(worker.awaitExit(Duration.ofSeconds(5))).hasValue(128 + 9);
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !runs(child));
        assertThat(scratch.directory()).doesNotExist();
    }

    /** Its process id was used again: whoever has it now has nothing to do with OPS. */
    @Test
    void aProcessThatBeganAtAnotherTimeIsLeftAlone() throws IOException {
        SessionProcess stranger = left();
        ScratchDirectories.Scratch scratch = scratchOf(stranger);
        Path note = scratch.directory().resolve("process");
        String[] noted = Files.readString(note).strip().split(" ");
        assertThat(noted).hasSize(2);
        Files.writeString(note, noted[0] + " " + Instant.parse(noted[1]).minusMillis(10) + "\n");

        nextServerStarts();

        assertThat(stranger.isAlive()).isTrue();
        assertThat(scratch.directory()).doesNotExist();
    }

    @Test
    void aNoteWithoutATimeKillsNobody() throws IOException {
        SessionProcess stranger = left();
        ScratchDirectories.Scratch scratch = scratchOf(stranger);
        Files.writeString(scratch.directory().resolve("process"), stranger.pid() + " \n");

        nextServerStarts();

        assertThat(stranger.isAlive()).isTrue();
    }

    /** The child's parent was killed with it, so nobody may have collected its exit status yet. */
    private static boolean runs(ProcessHandle process) {
        try {
            return process.isAlive()
                    && !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                            .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
