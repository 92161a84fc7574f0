package org.octaveserver.ops.bundle;

import java.nio.file.Path;

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
}
