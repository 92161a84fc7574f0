package org.octaveserver.ops.lifecycle;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes a directory in which somebody else may have made whatever he liked, and may still be doing so. Everything is
 * reached relative to open directories, so that no link leads anywhere else, and nothing but directories is opened. What
 * is in a directory is moved up to the top of the tree before it is opened: any depth needs the same few descriptors, and no
 * path becomes too long. What cannot be removed keeps nothing else from being so.
 *
 * <p>A tree whose top others can reach cannot lead outside of itself either; but whoever puts a named pipe in the place of a
 * directory there, at the right moment, makes the removal wait. {@link #setAside} takes it out of their reach first.
 */
public final class TreeRemoval {
    private static final LinkOption[] NO_LINKS = {LinkOption.NOFOLLOW_LINKS};
    private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rwx------");

    /** Whoever makes files as quickly as they are removed does not occupy a thread for ever. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Path tree;
    private final Deadline deadline;
    /** No earlier removal that was broken off has left such names. */
    private final String prefix = Long.toString(System.nanoTime(), Character.MAX_RADIX) + "-";

    private long moved;
    private boolean progress;
    private int failures;
    private @Nullable IOException first;

    private TreeRemoval(Path tree, Deadline deadline) {
        this.tree = tree;
        this.deadline = deadline;
    }

    /**
     * Removes a file, a link or a directory with all that is in it, if it is there. The directory around it must be one
     * that only the server changes.
     *
     * @throws IOException at the end, when something could not be removed: how much, and why the first of it
     */
    public static void remove(Path tree) throws IOException {
        remove(tree, LIMIT);
    }

    /** The same, for no longer than some time. */
    static void remove(Path tree, Duration limit) throws IOException {
        Path absolute = tree.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new FileSystemException(absolute.toString(), null, "a root is not removed");
        }
        try (DirectoryStream<Path> around = Files.newDirectoryStream(parent)) {
            if (around instanceof SecureDirectoryStream<Path> secure) {
                new TreeRemoval(absolute, Deadline.after(limit)).remove(secure, absolute.getFileName());
            } else {
                PlainTreeRemoval.remove(absolute);
            }
        } catch (NoSuchFileException e) {
            if (Files.exists(absolute, NO_LINKS)) {
                throw e;
            }
        }
    }

    /**
     * Moves a file or directory into another directory of the same file system, where nobody else can change it.
     *
     * @param place a directory that only the server can enter
     */
    public static void setAside(Path tree, Path place) throws IOException {
        Path target = place.resolve(tree.getFileName());
        try {
            Files.move(tree, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AccessDeniedException e) {
            PosixFileAttributeView view = Files.getFileAttributeView(tree, PosixFileAttributeView.class, NO_LINKS);
            if (view == null || !isMine(view, place)) {
                throw e;
            }
            Files.setPosixFilePermissions(tree, MINE);
            Files.move(tree, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void remove(SecureDirectoryStream<Path> around, Path name) throws IOException {
        if (!isDirectory(around, name)) {
            around.deleteFile(name);
            return;
        }
        boolean emptied;
        do {
            progress = false;
            failures = 0;
            first = null;
            makeUsable(around, name, tree);
            try (SecureDirectoryStream<Path> top = around.newDirectoryStream(name, NO_LINKS)) {
                top.forEach(entry -> clear(top, entry.getFileName()));
            } catch (DirectoryIteratorException e) {
                failed(new IOException(e));
            }
            emptied = progress && isEmptied(around, name);
        } while (progress && !emptied && deadline.remainingNanos() > 0);
        if (!emptied) {
            end(around, name);
        }
    }

    private static boolean isEmptied(SecureDirectoryStream<Path> around, Path name) throws IOException {
        try {
            around.deleteDirectory(name);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    private void end(SecureDirectoryStream<Path> around, Path name) throws IOException {
        try {
            around.deleteDirectory(name);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    failures + " entries of " + tree + " could not be removed, the first because of "
                            + (first == null ? e : first),
                    first == null ? e : first);
        }
    }

    /** Removes an entry of the top; directories in it become entries of the top. */
    private void clear(SecureDirectoryStream<Path> top, Path name) {
        try {
            if (!isDirectory(top, name)) {
                top.deleteFile(name);
            } else {
                makeUsable(top, name, tree.resolve(name));
                try (SecureDirectoryStream<Path> directory = top.newDirectoryStream(name, NO_LINKS)) {
                    directory.forEach(entry -> takeOut(directory, entry.getFileName(), top, tree.resolve(name)));
                }
                top.deleteDirectory(name);
            }
            progress = true;
        } catch (DirectoryIteratorException e) {
            failed(new IOException(e));
        } catch (IOException e) {
            failed(e);
        }
    }

    private void takeOut(SecureDirectoryStream<Path> from, Path name, SecureDirectoryStream<Path> top, Path path) {
        try {
            if (!isDirectory(from, name)) {
                from.deleteFile(name);
            } else if (!isEmptied(from, name)) {
                moveUp(from, name, top, path.resolve(name));
            }
            progress = true;
        } catch (IOException e) {
            failed(e);
        }
    }

    private void moveUp(SecureDirectoryStream<Path> from, Path name, SecureDirectoryStream<Path> top, Path path)
            throws IOException {
        Path free = tree.getFileSystem().getPath(prefix + moved++);
        try {
            from.move(name, top, free);
        } catch (AccessDeniedException e) {
            // A directory that is moved to another one must be writable itself. Java changes that by path only where it
            // cannot be opened: whoever puts a link there now has a file of his own account made private, no more.
            if (!isMine(from.getFileAttributeView(name, PosixFileAttributeView.class, NO_LINKS), tree)) {
                throw e;
            }
            Files.setPosixFilePermissions(path, MINE);
            from.move(name, top, free);
        }
    }

    private static boolean isDirectory(SecureDirectoryStream<Path> in, Path name) throws IOException {
        return in.getFileAttributeView(name, BasicFileAttributeView.class, NO_LINKS)
                .readAttributes()
                .isDirectory();
    }

    /** Whether it is a directory of the account that has the other one. */
    private static boolean isMine(PosixFileAttributeView view, Path other) throws IOException {
        PosixFileAttributes attributes = view.readAttributes();
        return attributes.isDirectory() && attributes.owner().equals(Files.getOwner(other, NO_LINKS));
    }

    private static void makeUsable(SecureDirectoryStream<Path> in, Path name, Path path) throws IOException {
        PosixFileAttributeView view = in.getFileAttributeView(name, PosixFileAttributeView.class, NO_LINKS);
        if (!view.readAttributes().permissions().containsAll(MINE) && isMine(view, path.resolveSibling(""))) {
            Files.setPosixFilePermissions(path, MINE);
        }
    }

    private void failed(IOException e) {
        if (e instanceof NoSuchFileException) {
            return;
        }
        failures++;
        if (first == null) {
            first = e;
        }
    }
}
