package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingTest {
    private final Instant now = Instant.now();

    @TempDir
    Path root;

    private Incoming incoming;

    @BeforeEach
    void open() {
        incoming = new Incoming(root.resolve("incoming"));
    }

    @Test
    void removesItsWorkspaceWithAllThatIsInIt() throws IOException {
        try (Incoming.Workspace workspace = incoming.open()) {
            Files.createDirectory(workspace.fresh());
            Files.createSymbolicLink(workspace.fresh(), root);
            assertThat(FileTrees.list(workspace.path())).hasSize(2);
        }
        assertThat(FileTrees.list(root.resolve("incoming"))).isEmpty();
        assertThat(root).exists();
    }

    @Test
    void sweepsOnlyWhatWasLeftAloneForLongEnough() throws IOException {
        Path old = entry("old", now.minusSeconds(3601));
        Path busy = entry("busy", now.minusSeconds(3601));
        Files.setLastModifiedTime(busy.resolve("file"), FileTime.from(now.minusSeconds(3000)));
        incoming.sweep(Duration.ofHours(1));
        assertThat(old).doesNotExist();
        assertThat(busy).exists();
        assertThat(FileTrees.list(root.resolve("incoming"))).hasSize(1);
    }

    @Test
    void removesEverythingWhereNoOtherNodeIs() throws IOException {
        entry("new", now);
        incoming.clear();
        assertThat(FileTrees.list(root.resolve("incoming"))).isEmpty();
    }

    @Test
    void doesNotFollowLinksWhenSweeping() throws IOException {
        Path outside = Files.writeString(root.resolve("outside"), "kept");
        Files.createDirectories(root.resolve("incoming"));
        Files.createSymbolicLink(root.resolve("incoming/link"), root);
        incoming.clear();
        assertThat(outside).exists();
        assertThat(FileTrees.list(root.resolve("incoming"))).isEmpty();
    }

    private Path entry(String name, Instant modified) throws IOException {
        Path entry = Files.createDirectories(root.resolve("incoming").resolve(name));
        Path file = Files.writeString(entry.resolve("file"), "x");
        Files.setLastModifiedTime(file, FileTime.from(modified));
        Files.setLastModifiedTime(entry, FileTime.from(modified));
        return entry;
    }
}
