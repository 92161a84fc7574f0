package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.util.List;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * A package to be installed.
 *
 * @param bundle its name and version, for messages
 * @param source its files, which the build changes
 * @param prefix an empty directory that it goes to
 * @param log the file that gets what the build prints
 * @param dependencies what it needs on Octave's path, first one first
 * @param runtime the Octave that it is installed for
 */
public record PackageBuild(
        String bundle, Path source, Path prefix, Path log, List<Path> dependencies, OctaveRuntime runtime) {
    public PackageBuild {
        dependencies = List.copyOf(dependencies);
    }
}
