package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.util.List;

/**
 * A package to be installed.
 *
 * @param bundle its name and version, for messages
 * @param source its files, which the build changes
 * @param prefix an empty directory that it goes to
 * @param log the file that gets what the build prints
 * @param dependencies what it needs on Octave's path, first one first
 * @param runtimeId the Octave that it is installed for
 */
public record PackageBuild(
        String bundle, Path source, Path prefix, Path log, List<Path> dependencies, String runtimeId) {
    public PackageBuild {
        dependencies = List.copyOf(dependencies);
    }
}
