package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes symbolic links, or fails where the platform or the file system refuses them. */
@FunctionalInterface
interface SymlinkCreator {
    /** What the platform offers. */
    SymlinkCreator PLATFORM = (link, target) -> Files.createSymbolicLink(link, target);

    /**
     * Makes a link.
     *
     * @throws IOException or UnsupportedOperationException when there can be none
     */
    void create(Path link, Path target) throws IOException;
}
