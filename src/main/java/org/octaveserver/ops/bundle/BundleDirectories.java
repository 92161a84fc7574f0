package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The directories below {@code $OPS_HOME/bundles}; all on one file system, for a rename leads from one to the other.
 *
 * @param root absolute
 */
record BundleDirectories(Path root) {
    BundleDirectories {
        root = root.toAbsolutePath().normalize();
    }

    Path store() {
        return root.resolve("store");
    }

    Path releases() {
        return root.resolve("releases");
    }

    Path nodes() {
        return root.resolve("nodes");
    }

    Path incoming() {
        return root.resolve("incoming");
    }

    Path current() {
        return root.resolve("current");
    }

    /**
     * Refuses directories between which nothing can be renamed. Without it that shows too, but only when a bundle is
     * built.
     *
     * @throws OpsException STORE_FAILED
     */
    void refuseSeparated() {
        try {
            if (!Files.exists(incoming())) {
                return;
            }
            FileStore here = Files.getFileStore(incoming());
            for (Path other : List.of(store(), releases())) {
                if (Files.exists(other) && !Files.getFileStore(other).equals(here)) {
                    throw new OpsException(
                            ErrorCode.STORE_FAILED,
                            incoming() + " is on " + here + ", " + other + " on " + Files.getFileStore(other)
                                    + "; both must be on one file system" + setting());
                }
            }
        } catch (IOException e) {
            throw failed("it is not known what file systems hold them", e);
        }
    }

    /** What to say when work in them fails. */
    OpsException failed(String what, IOException e) {
        String why = e instanceof AtomicMoveNotSupportedException
                ? "incoming, store and releases below " + root + " must be on one file system"
                : "check room and permissions of " + root;
        return new OpsException(ErrorCode.STORE_FAILED, what + " (" + e + "); " + why + setting(), e);
    }

    private static String setting() {
        return " (setting ops.bundles.directory)";
    }
}
