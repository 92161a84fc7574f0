package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** What belongs on the path of installed trees, read once: it is asked for with every call. Thread-safe. */
public final class InstalledTrees {
    /** More than a server has at once; those of versions that are gone need not stay. */
    private static final int MOST = 10_000;

    private final Map<Path, InstalledTree> trees = new ConcurrentHashMap<>();

    /**
     * The tree at a place.
     *
     * @throws OpsException STORE_FAILED when it cannot be read
     */
    public InstalledTree at(Path root) {
        if (trees.size() >= MOST) {
            trees.clear();
        }
        return trees.computeIfAbsent(root, InstalledTrees::read);
    }

    private static InstalledTree read(Path root) {
        try {
            return InstalledTree.read(root);
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.STORE_FAILED,
                    root + " cannot be read (" + e + "); restore it from a backup, or deploy the bundle again in a"
                            + " new version",
                    e);
        }
    }
}
