package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class PayloadFilesTest {
    private static final byte[] LARGE = new byte[100_000];

    @TempDir
    Path directory;

    private PayloadFiles files = new PayloadFiles(Path.of(""));

    @BeforeEach
    void open() {
        files = new PayloadFiles(directory.resolve("made when needed"));
    }

    /** Keeps what nobody will refer to any more. */
    private Payload keep(byte[] bytes) {
        Payload payload = pending(bytes);
        files.settled(payload);
        return payload;
    }

    /** Keeps what somebody may refer to in a moment. */
    private Payload pending(byte[] bytes) {
        return files.keep(out -> out.write(bytes), bytes.length);
    }

    private Path file(Payload payload) {
        return file(payload.file().orElseThrow());
    }

    private Path file(String name) {
        return directory.resolve("made when needed").resolve(name);
    }

    @Test
    void keepsWhatIsSmallWithItsJob() throws IOException {
        Payload payload = keep(new byte[] {1, 2});

        assertThat(files.read(payload)).containsExactly(1, 2);
        assertThat(payload.file()).isEmpty();
        assertThat(files.names()).isEmpty();
    }

    @Test
    void letsNobodyElseReadThem() throws IOException {
        Payload payload = files.keep(
                out -> {
                    try (Stream<Path> unfinished = Files.list(file(""))) {
                        assertThat(mode(unfinished.findFirst().orElseThrow())).isEqualTo("rw-------");
                    }
                    out.write(LARGE);
                },
                LARGE.length);

        assertThat(mode(file(payload))).isEqualTo("rw-------");
        assertThat(mode(file(""))).isEqualTo("rwx------");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void keepsWhatIsLargeInAFile() throws IOException {
        Payload payload = keep(LARGE);

        assertThat(files.read(payload)).isEqualTo(LARGE);
        assertThat(payload.inline()).isEmpty();
        assertThat(files.names()).containsExactly(payload.file().orElseThrow());
        files.remove(payload);
        assertThat(files.names()).isEmpty();
    }

    @Test
    void whatFailsLeavesNothing() throws IOException {
        assertThatThrownBy(() -> files.keep(
                        out -> {
                            out.write(LARGE);
                            throw new IOException("No space left on device");
                        },
                        LARGE.length))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_STORE_UNAVAILABLE))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("ops.jobs.directory");
        assertThat(files.names()).isEmpty();
    }

    @Test
    void noticesWhatIsNotWhatWasKept() throws IOException {
        Payload payload = keep(LARGE);
        byte[] other = LARGE.clone();
        other[500] = 1;
        Files.write(file(payload), other);

        assertThatThrownBy(() -> files.read(payload))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_DAMAGED));
        Files.delete(file(payload));
        assertThatThrownBy(() -> files.read(payload)).hasMessageContaining("is not in");
    }

    @Test
    void orphansGoWhenTheyHaveBeenThereForAWhile() throws IOException {
        MemoryStore store = new MemoryStore(InstantSource.system());
        NewJob job = NewJobs.job(files, "demo", NewJobs.ONCE);
        Payload used = keep(LARGE);
        store.submit(new NewJob(job.id(), job.target(), job.owner(), job.order(), used, job.key()), NewJobs.UNLIMITED)
                .join();
        Payload orphan = keep(LARGE);
        Files.writeString(file(used).resolveSibling("crashed.part"), "begun");
        JobStorage storage = new JobStorage(store, files);

        new OrphanFiles(storage, Duration.ofHours(1)).sweep();
        assertThat(files.names()).hasSize(3).contains(orphan.file().orElseThrow());

        OrphanFiles atStart = new OrphanFiles(storage, Duration.ofHours(1));
        atStart.noteLeftovers();
        Payload fresh = keep(LARGE);
        atStart.sweep();
        assertThat(files.names())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(used.file().orElseThrow(), fresh.file().orElseThrow()));
    }

    @Test
    void whatIsStillToBeReferredToIsNoOrphanHoweverLongThatTakes() throws IOException {
        OrphanFiles orphans =
                new OrphanFiles(new JobStorage(new MemoryStore(InstantSource.system()), files), Duration.ZERO);
        Payload payload = pending(LARGE);
        orphans.sweep();
        assertThat(files.read(payload)).isEqualTo(LARGE);

        files.settled(payload);
        orphans.sweep();
        assertThat(files.isMissing(payload)).isTrue();
    }

    @Test
    void nothingIsRemovedWhenNobodyKnowsWhatIsNeeded() throws IOException {
        MemoryStore store = new MemoryStore(InstantSource.system());
        OrphanFiles orphans = new OrphanFiles(new JobStorage(store, files), Duration.ZERO);
        Payload orphan = keep(LARGE);
        store.away(true);

        assertThatThrownBy(orphans::sweep).isInstanceOf(OpsException.class);
        assertThat(files.names()).containsExactly(orphan.file().orElseThrow());
    }
}
