package org.octaveserver.ops.launch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes directories for code that is about to be run: nobody else may write there. */
final class PrivateDirectory {
    private static final FileAttribute<?>[] NONE = {};

    private PrivateDirectory() {}

    /** A new directory in {@code parent}, which is made if it is missing. */
    static Path in(Path parent) throws IOException {
        Files.createDirectories(parent, ownerOnly(parent));
        return Files.createTempDirectory(parent, ".unpacking-");
    }

    /**
     * The same where every user may write, such as {@code /tmp}: somebody else could have made {@code parent} first.
     *
     * @throws IOException when it is not this user's alone
     */
    static Path inShared(Path parent) throws IOException {
        try {
            Files.createDirectory(parent, ownerOnly(parent));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                throw notOurs(parent);
            }
        }
        Path made = Files.createTempDirectory(parent, ".unpacking-");
        if (!isOwnersAlone(parent, made)) {
            Files.delete(made);
            throw notOurs(parent);
        }
        return made;
    }

    private static IOException notOurs(Path parent) {
        return new IOException(
                parent + " is not this user's alone; set OPS_HOME to a directory that this user can write");
    }

    /** Whether who owns {@code made}, this process, also owns {@code parent}, and nobody else can write it. */
    private static boolean isOwnersAlone(Path parent, Path made) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(parent, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return Files.getOwner(parent).equals(Files.getOwner(made));
        }
        PosixFileAttributes attributes = view.readAttributes();
        return attributes.owner().equals(Files.getOwner(made))
                && !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : NONE;
    }
}
