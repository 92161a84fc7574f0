package org.octaveserver.ops.bundle;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.octaveserver.ops.bundle.dependency.Constraint;

/**
 * What a bundle says about itself, in {@code DESCRIPTION} and {@code ops.json}.
 *
 * @param name the name it is called by
 * @param version its version
 * @param title one line, or empty
 * @param description some lines, or empty
 * @param depends as written in {@code DESCRIPTION}, then as in {@code ops.json}, one entry each:
 *     {@code octave (>= 4.0.0)}; not resolved
 * @param exports the functions that may be called; absent: all
 * @param serving how its calls are to be served
 * @param signatures the JSON object of {@code ops.json}, as text
 */
public record Manifest(
        BundleName name,
        Version version,
        String title,
        String description,
        List<String> depends,
        Optional<List<String>> exports,
        Serving serving,
        Optional<String> signatures) {
    public Manifest {
        depends = List.copyOf(depends);
        exports = exports.map(List::copyOf);
    }

    /** Whether it names the bundle as a dependency. */
    boolean dependsOn(BundleName other) {
        String wanted = other.text().toLowerCase(Locale.ROOT);
        return depends.stream()
                .flatMap(text -> Constraint.parse(text).stream())
                .anyMatch(constraint -> constraint.name().equals(wanted));
    }
}
