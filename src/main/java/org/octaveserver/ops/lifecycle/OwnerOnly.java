package org.octaveserver.ops.lifecycle;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What to make files and directories with that the server's account alone may read, from the first moment on. */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** Of a file: 0600. Nothing where there are no such modes. */
    public static FileAttribute<?>[] file() {
        return mode("rw-------");
    }

    /** Of a directory: 0700. Nothing where there are no such modes. */
    public static FileAttribute<?>[] directory() {
        return mode("rwx------");
    }

    private static FileAttribute<?>[] mode(String mode) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
