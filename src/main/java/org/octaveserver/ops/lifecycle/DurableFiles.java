package org.octaveserver.ops.lifecycle;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Steps of file work that survive a crash of the machine: what one of these methods has done is on the disk when it
 * returns.
 */
public final class DurableFiles {
    /** Windows cannot open a directory, and keeps the order of its entries by itself. */
    private static final boolean DIRECTORIES_SYNC =
            !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private DurableFiles() {}

    /** Creates a directory and those above it, each that is missing with these attributes. */
    public static void ensureDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = parent(directory);
        ensureDirectory(parent, attributes);
        makeIn(parent, directory, attributes);
    }

    private static void makeIn(Path parent, Path directory, FileAttribute<?>... attributes) throws IOException {
        try {
            Files.createDirectory(directory, attributes);
        } catch (FileAlreadyExistsException e) {
            // Another deployer may have made it between; anything but a directory there is a fault.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        syncDirectory(parent);
    }

    /**
     * Creates directories in one that is there, but not that one.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    public static void ensureDirectoryIn(Path present, Path relative) throws IOException {
        Path directory = present;
        for (Path part : relative) {
            Path parent = directory;
            directory = parent.resolve(part);
            if (!Files.isDirectory(directory)) {
                makeIn(parent, directory);
            }
        }
    }

    /**
     * Moves a finished directory to its place in one step.
     *
     * @return false when the place was taken: nothing has changed then
     */
    public static boolean moveIntoPlace(Path finished, Path place) throws IOException {
        // rename(2) replaces an empty directory, so look first. Between two deployers that both looked the rename
        // decides: what is moved is never empty, and rename(2) does not replace a directory with something in it.
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        syncTree(finished);
        try {
            Files.move(finished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            throw e;
        }
        syncDirectory(parent(place));
        return true;
    }

    /** Puts a file or a link in the place of another in one step; whoever reads sees one or the other. */
    public static void replace(Path file, Path place) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            syncFile(file);
        }
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(parent(place));
    }

    /**
     * Gives a finished file its name, or the one that has that name already stays.
     *
     * @return false when the name was taken; the other name of the file may be there still, either way
     */
    public static boolean addFile(Path file, Path place) throws IOException {
        syncFile(file);
        try {
            Files.createLink(place, file);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // No hard links there. Not a step that cannot replace anything, but the nearest to it.
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        }
        syncDirectory(parent(place));
        return true;
    }

    /** The directory that a path is in; no path here is a root. */
    public static Path parent(Path path) {
        return requireNonNull(path.toAbsolutePath().getParent(), "a root has no parent");
    }

    private static void syncTree(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    syncFile(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                syncDirectory(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Writes what a file has to the disk. */
    public static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Writes the names of a directory to the disk. */
    public static void syncDirectory(Path directory) throws IOException {
        if (DIRECTORIES_SYNC) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
