package org.octaveserver.ops.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one release has that another has not.
 *
 * @param bundles those that differ, in the order of their names
 */
public record ReleaseDiff(List<BundleDiff> bundles) {
    public ReleaseDiff {
        bundles = List.copyOf(bundles);
    }

    /**
     * A bundle that differs.
     *
     * @param added versions that are new
     * @param removed versions that are gone
     * @param changed versions with other content, another runtime or other dependencies
     * @param defaultBefore absent when the bundle was not there
     * @param defaultAfter absent when it is gone
     */
    public record BundleDiff(
            String name,
            List<String> added,
            List<String> removed,
            List<String> changed,
            Optional<String> defaultBefore,
            Optional<String> defaultAfter) {
        private boolean isNone() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && defaultBefore.equals(defaultAfter);
        }
    }

    /** How the second differs from the first. */
    public static ReleaseDiff between(Release before, Release after) {
        TreeSet<String> names = new TreeSet<>(before.bundles().keySet());
        names.addAll(after.bundles().keySet());
        return new ReleaseDiff(names.stream()
                .map(name -> bundle(name, before.deployed(name), after.deployed(name)))
                .filter(diff -> !diff.isNone())
                .toList());
    }

    private static BundleDiff bundle(String name, Optional<DeployedBundle> before, Optional<DeployedBundle> after) {
        Map<Version, DeployedVersion> old = versions(before);
        Map<Version, DeployedVersion> now = versions(after);
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        now.forEach((version, deployed) -> {
            if (!old.containsKey(version)) {
                added.add(version.text());
            } else if (!deployed.equals(old.get(version))) {
                changed.add(version.text());
            }
        });
        List<String> removed = old.keySet().stream()
                .filter(version -> !now.containsKey(version))
                .map(Version::text)
                .toList();
        return new BundleDiff(name, added, removed, changed, byDefault(before), byDefault(after));
    }

    private static Map<Version, DeployedVersion> versions(Optional<DeployedBundle> bundle) {
        Map<Version, DeployedVersion> versions = new TreeMap<>();
        bundle.ifPresent(present ->
                present.versions().forEach(one -> versions.put(one.version().version(), one)));
        return versions;
    }

    private static Optional<String> byDefault(Optional<DeployedBundle> bundle) {
        return bundle.map(present -> present.defaultVersion().text());
    }
}
