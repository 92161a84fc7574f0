package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.lifecycle.DurableFiles;

/**
 * The {@code incoming/} directory, where everything is built before it is renamed to its place. Each piece of work has
 * a directory of its own there. Thread-safe, also between nodes.
 */
final class Incoming {
    private static final Logger LOG = LogManager.getLogger(Incoming.class);

    private final Path directory;

    Incoming(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory, if it is not there. */
    void create() throws IOException {
        DurableFiles.ensureDirectory(directory);
    }

    /** Makes a directory for one piece of work; closing removes it with all that is still in it. */
    Workspace open() throws IOException {
        DurableFiles.ensureDirectory(directory);
        return new Workspace(Files.createDirectory(directory.resolve(randomName())));
    }

    /** Removes all that is there: for a directory that nobody else is at work in. */
    void clear() throws IOException {
        create();
        for (Path entry : FileTrees.list(directory)) {
            remove(entry);
        }
    }

    /**
     * Removes what dead processes left: all that nothing was written to for {@code kept}, by the clock of the file system,
     * for those of nodes may differ. Other nodes may be at work here, and nothing tells a dead one from a slow one but
     * time.
     */
    void sweep(Duration kept) throws IOException {
        try (Workspace mine = open()) {
            Instant limit = Files.getLastModifiedTime(mine.path()).toInstant().minus(kept);
            for (Path entry : FileTrees.list(directory)) {
                if (newest(entry).isBefore(limit)) {
                    remove(entry);
                }
            }
        }
    }

    /** Takes the entry away in one step first: a slow owner then fails whole, and never moves half a tree to its place. */
    private void remove(Path entry) throws IOException {
        Path taken = directory.resolve(randomName());
        try {
            Files.move(entry, taken, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            LOG.debug("path={} is gone already", entry);
            return;
        }
        FileTrees.delete(taken);
        LOG.info("path={} removed: left over by a deployment that did not end", entry);
    }

    private static Instant newest(Path entry) throws IOException {
        Newest newest = new Newest();
        Files.walkFileTree(entry, newest);
        return newest.time;
    }

    private static String randomName() {
        return UUID.randomUUID().toString();
    }

    /** The time of the last change in a tree that others may be changing. */
    private static final class Newest extends SimpleFileVisitor<Path> {
        private Instant time = Instant.MIN;

        private void see(BasicFileAttributes attributes) {
            Instant modified = attributes.lastModifiedTime().toInstant();
            time = modified.isAfter(time) ? modified : time;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            see(attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            see(attributes);
            return FileVisitResult.CONTINUE;
        }

        /** What vanished or cannot be read was there a moment ago. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            time = Instant.MAX;
            return FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    /** The directory of one piece of work, owned by the thread that opened it. */
    record Workspace(Path path) implements AutoCloseable {
        /** A path in it that nothing else has. */
        Path fresh() {
            return path.resolve(randomName());
        }

        /** A directory that cannot be removed is left to what removes those of dead processes. */
        @Override
        public void close() {
            try {
                FileTrees.delete(path);
            } catch (IOException e) {
                LOG.warn("path={} could not be removed; that is tried again later", path, e);
            }
        }
    }
}
