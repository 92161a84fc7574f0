package org.octaveserver.ops.runtime;

import java.util.List;

/**
 * A registered Octave installation that answers.
 *
 * @param id its name; also that of a bundle's directory for it
 * @param command how it is started, without options
 * @param version what {@code version ()} answers, such as 7.3.0
 * @param packages the packages installed with it
 */
public record OctaveRuntime(String id, List<String> command, String version, List<RuntimePackage> packages) {
    public OctaveRuntime {
        command = List.copyOf(command);
        packages = List.copyOf(packages);
    }
}
