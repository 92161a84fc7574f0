package org.octaveserver.ops.bundle;

import java.util.List;
import java.util.stream.Collectors;
import org.octaveserver.ops.bundle.dependency.Constraint;
import org.octaveserver.ops.bundle.dependency.PackageVersion;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * What a bundle itself asks of Octave: {@code octave (>= 9)} among what it depends on.
 *
 * @param bundle its name and version, for messages
 * @param constraints all must be satisfied; none: any Octave fits
 */
record OctaveNeeds(String bundle, List<Constraint> constraints) {
    OctaveNeeds {
        constraints = List.copyOf(constraints);
    }

    static OctaveNeeds of(Manifest manifest) {
        return new OctaveNeeds(
                manifest.name() + " " + manifest.version(),
                manifest.depends().stream()
                        .flatMap(text -> Constraint.parse(text).stream())
                        .filter(constraint -> constraint.name().equals(Constraint.OCTAVE))
                        .toList());
    }

    boolean fit(OctaveRuntime runtime) {
        PackageVersion version = new PackageVersion(runtime.version());
        return constraints.stream().allMatch(constraint -> constraint.admits(version));
    }

    /** For messages: {@code x 1.0 needs octave (>= 9)}. */
    String described() {
        return bundle + " needs "
                + constraints.stream().map(Constraint::toString).collect(Collectors.joining(" and "));
    }
}
