package org.octaveserver.ops.bundle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

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
     * @param changed versions with other content
     * @param moved versions on another runtime
     * @param repinned versions with another dependency
     * @param defaultBefore absent when the bundle was not there
     * @param defaultAfter absent when it is gone
     */
    public record BundleDiff(
            String name,
            List<String> added,
            List<String> removed,
            List<String> changed,
            List<Move> moved,
            List<Repin> repinned,
            Optional<String> defaultBefore,
            Optional<String> defaultAfter) {
        private boolean isNone() {
            return Stream.of(added, removed, changed, moved, repinned).allMatch(List::isEmpty)
                    && defaultBefore.equals(defaultAfter);
        }
    }

    /**
     * A version on another runtime.
     *
     * @param before the id; absent: the default one of a server that knew one only
     */
    public record Move(String version, Optional<String> before, Optional<String> after) {}

    /**
     * A version whose dependency is another one.
     *
     * @param bundle the dependency
     * @param before its version; absent: there was none
     * @param after absent: there is none any more
     */
    public record Repin(String version, String bundle, Optional<String> before, Optional<String> after) {}

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
        List<Pair> stayed = now.entrySet().stream()
                .flatMap(one -> Optional.ofNullable(old.get(one.getKey()))
                        .map(was -> new Pair(one.getKey().text(), was, one.getValue()))
                        .stream())
                .toList();
        return new BundleDiff(
                name,
                missing(now, old),
                missing(old, now),
                stayed.stream().filter(Pair::hasOtherContent).map(Pair::version).toList(),
                stayed.stream().flatMap(pair -> pair.move().stream()).toList(),
                stayed.stream().flatMap(Pair::repins).toList(),
                byDefault(before),
                byDefault(after));
    }

    /** A version that both releases have. */
    private record Pair(String version, DeployedVersion before, DeployedVersion after) {
        private boolean hasOtherContent() {
            return !before.version().digest().equals(after.version().digest());
        }

        private Optional<Move> move() {
            return before.runtime().equals(after.runtime())
                    ? Optional.empty()
                    : Optional.of(new Move(version, before.runtime(), after.runtime()));
        }

        private Stream<Repin> repins() {
            TreeSet<String> names = new TreeSet<>(before.pins().keySet());
            names.addAll(after.pins().keySet());
            return names.stream()
                    .map(name -> new Repin(
                            version,
                            name,
                            Optional.ofNullable(before.pins().get(name)),
                            Optional.ofNullable(after.pins().get(name))))
                    .filter(pin -> !pin.before().equals(pin.after()));
        }
    }

    /** Those of the first that the second has not. */
    private static List<String> missing(Map<Version, DeployedVersion> first, Map<Version, DeployedVersion> second) {
        return first.keySet().stream()
                .filter(version -> !second.containsKey(version))
                .map(Version::text)
                .toList();
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
