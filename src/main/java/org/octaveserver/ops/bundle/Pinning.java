package org.octaveserver.ops.bundle;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Changes after which each version that they deploy is pinned to what serves its dependencies among the bundles that
 * there are then. Versions that were there before keep their pins.
 *
 * @param changes the changes
 * @param deployed the versions that they deploy
 * @param dependencies those of a version on its runtime; asked for only when it depends on something
 */
record Pinning(ReleaseChange changes, Set<BundleVersion> deployed, Function<DeployedVersion, Dependencies> dependencies)
        implements ReleaseChange {
    static Pinning of(List<Change> list, ReleaseChange changes, Function<DeployedVersion, Dependencies> dependencies) {
        return new Pinning(
                changes,
                list.stream()
                        .filter(Change.Deploy.class::isInstance)
                        .map(change -> ((Change.Deploy) change).added().version())
                        .filter(version -> !version.manifest().depends().isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                dependencies);
    }

    @Override
    public Map<String, DeployedBundle> apply(Map<String, DeployedBundle> before) {
        Map<String, DeployedBundle> after = changes.apply(before);
        if (deployed.isEmpty()) {
            return after;
        }
        List<Manifest> all = Pins.of(after).dependents().stream()
                .map(version -> version.version().manifest())
                .toList();
        Map<String, DeployedBundle> pinned = new TreeMap<>();
        after.forEach((name, bundle) -> pinned.put(name, pinned(bundle, all)));
        return pinned;
    }

    private DeployedBundle pinned(DeployedBundle bundle, Collection<Manifest> all) {
        return new DeployedBundle(
                bundle.defaultVersion(),
                bundle.versions().stream()
                        .map(version -> deployed.contains(version.version()) ? pinned(version, all) : version)
                        .toList());
    }

    private DeployedVersion pinned(DeployedVersion version, Collection<Manifest> all) {
        Manifest manifest = version.version().manifest();
        return new DeployedVersion(
                version.version(),
                version.runtime(),
                Dependencies.pins(dependencies.apply(version).choose(manifest, all)));
    }
}
