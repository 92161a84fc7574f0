package org.octaveserver.ops.runtime;

import java.util.List;
import java.util.Objects;

/**
 * A registered Octave installation as it answered when it was looked at.
 *
 * @param id its name; also that of a bundle's directory for it
 * @param command how it is started, without options
 * @param build what compiled code depends on
 * @param packages the packages installed with it
 * @param stamp changes when the installation does: what its files were like
 * @param figures what draws figures, such as {@code gnuplot}; empty when nothing does
 */
public record OctaveRuntime(
        String id,
        List<String> command,
        RuntimeBuild build,
        List<RuntimePackage> packages,
        String stamp,
        String figures) {
    public OctaveRuntime {
        command = List.copyOf(command);
        packages = List.copyOf(packages);
    }

    /** An installation of which nobody knows whether it draws figures. */
    public OctaveRuntime(
            String id, List<String> command, RuntimeBuild build, List<RuntimePackage> packages, String stamp) {
        this(id, command, build, packages, stamp, "");
    }

    /** An installation of which nothing more is known. */
    public OctaveRuntime(String id, List<String> command, String version, List<RuntimePackage> packages) {
        this(id, command, new RuntimeBuild(version, "", ""), packages, "");
    }

    /** What {@code version ()} answers, such as 7.3.0. */
    public String version() {
        return build.version();
    }

    /** With these packages only. */
    public OctaveRuntime with(List<RuntimePackage> narrowed) {
        return new OctaveRuntime(id, command, build, narrowed, stamp, figures);
    }

    /** For messages: {@code default (Octave 7.3.0)}. */
    public String described() {
        return id + " (Octave " + version() + ")";
    }

    /** Part of the key of the pool, so asked for with every call: the packages, which are many, stay out of it. */
    @Override
    public int hashCode() {
        return Objects.hash(id, build, stamp);
    }
}
