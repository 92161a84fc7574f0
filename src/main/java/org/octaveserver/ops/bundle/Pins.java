package org.octaveserver.ops.bundle;

import java.util.List;
import java.util.Map;

/**
 * Which versions others depend on.
 *
 * @param dependents all versions of a release
 */
record Pins(List<DeployedVersion> dependents) {
    static Pins of(Map<String, DeployedBundle> bundles) {
        return new Pins(bundles.values().stream()
                .flatMap(bundle -> bundle.versions().stream())
                .toList());
    }

    /** Those that depend on exactly this version: {@code name@version}. */
    List<String> on(BundleVersion version) {
        return dependents.stream()
                .filter(dependent -> dependent.pins(version))
                .map(DeployedVersion::described)
                .toList();
    }
}
