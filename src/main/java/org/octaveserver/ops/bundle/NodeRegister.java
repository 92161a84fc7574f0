package org.octaveserver.ops.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.DurableFiles;

/**
 * What each node that shares the directory uses: a file of its own in {@code nodes/}, written anew again and again. Only
 * times that the file system gave are compared, so clocks of nodes may differ. Not thread-safe.
 */
final class NodeRegister {
    private static final Logger LOG = LogManager.getLogger(NodeRegister.class);
    private static final int FORMAT = 1;
    private static final String JSON = ".json";
    private static final String RELEASES = "releases";

    private final Path directory;
    private final Duration silence;
    private final String node = UUID.randomUUID().toString();

    NodeRegister(BundleDirectories directories, Duration silence) {
        this.directory = directories.nodes();
        this.silence = silence;
    }

    /**
     * What a node tells.
     *
     * @param release the one it routes to
     * @param versions the ids of all that it uses
     * @param releases older ones that it uses
     */
    record Announcement(int format, long release, List<String> versions, List<Long> releases) {}

    /**
     * Tells what this node uses.
     *
     * @return the time of the file system
     */
    Instant announce(long release, Uses uses) throws IOException {
        DurableFiles.ensureDirectory(directory);
        Path unfinished = directory.resolve(node + ".new");
        StrictJson.write(
                unfinished,
                new Announcement(
                        FORMAT,
                        release,
                        List.copyOf(new TreeSet<>(uses.versions())),
                        List.copyOf(new TreeSet<>(uses.releases()))));
        // Not forced to the disk: after a crash of the machine the node uses nothing.
        Files.move(unfinished, mine(), StandardCopyOption.ATOMIC_MOVE);
        return written(mine());
    }

    /**
     * What other nodes use that are alive. Files of dead ones are removed.
     *
     * @param now the time of the file system
     * @throws IOException when a file of a live node cannot be understood: then nobody knows what it uses
     */
    Uses others(Instant now) throws IOException {
        Uses used = Uses.NONE;
        for (Path file : FileTrees.list(directory)) {
            try {
                if (written(file).plus(silence).isBefore(now)) {
                    Files.deleteIfExists(file);
                    LOG.info("node={} removed: it has told nothing for {}", file.getFileName(), silence);
                } else if (file.toString().endsWith(JSON) && !file.equals(mine())) {
                    Announcement told = told(file);
                    used = used.and(new Uses(Set.copyOf(told.versions()), Set.copyOf(told.releases())));
                }
            } catch (NoSuchFileException e) {
                LOG.debug("node={} has left", file.getFileName());
            }
        }
        return used;
    }

    /** A node of before there were jobs tells of no releases, and uses none. */
    private static Announcement told(Path file) throws IOException {
        ObjectNode tree = StrictJson.read(file, ObjectNode.class);
        if (!tree.has(RELEASES)) {
            tree.putArray(RELEASES);
        }
        return StrictJson.convert(file, tree, Announcement.class);
    }

    /** Takes this node's file away. */
    void leave() throws IOException {
        Files.deleteIfExists(mine());
    }

    private Path mine() {
        return directory.resolve(node + JSON);
    }

    private static Instant written(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
