package org.octaveserver.ops.bundle;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Changes that are made together, in their order, or not at all. Pure.
 *
 * @param list what to do
 * @param keptVersions how many versions of a bundle stay beside the default when another one is deployed
 */
record Changes(List<Change> list, int keptVersions) implements ReleaseChange {
    Changes {
        list = List.copyOf(list);
    }

    /**
     * The bundles with all changes.
     *
     * @throws OpsException when one is not possible; the message names every one that is not
     */
    @Override
    public Map<String, DeployedBundle> apply(Map<String, DeployedBundle> before) {
        Refusals refusals = new Refusals();
        Map<String, DeployedBundle> after = before;
        for (Change change : list) {
            Map<String, DeployedBundle> soFar = after;
            after = refusals.collect(() -> change.applyTo(soFar)).orElse(soFar);
        }
        Map<String, DeployedBundle> done = after;
        refusals.collect(() -> {
            refuseMissingPins(before, done);
            return done;
        });
        refusals.throwIfAny();
        return bounded(after);
    }

    /** What was there before and is gone now must be of no use to any that stays. */
    private static void refuseMissingPins(Map<String, DeployedBundle> before, Map<String, DeployedBundle> after) {
        Pins pins = Pins.of(after);
        for (DeployedVersion old : Pins.of(before).dependents()) {
            BundleVersion version = old.version();
            boolean stays = Optional.ofNullable(after.get(version.name().text()))
                    .flatMap(bundle -> bundle.exactly(version.version().text()))
                    .isPresent();
            List<String> dependents = pins.on(version);
            if (!stays && !dependents.isEmpty()) {
                throw new OpsException(
                        ErrorCode.VERSION_PINNED,
                        version.name() + "@" + version.version() + " cannot be retired: "
                                + String.join(", ", dependents) + " depends on it; retire that first");
            }
        }
    }

    /** Of each bundle that was deployed to, those that were stored longest ago go when there are too many. */
    private Map<String, DeployedBundle> bounded(Map<String, DeployedBundle> bundles) {
        Map<String, DeployedBundle> bounded = new TreeMap<>(bundles);
        Pins pins = Pins.of(bundles);
        Set<BundleVersion> deployed = new HashSet<>();
        for (Change change : list) {
            if (change instanceof Change.Deploy deploy) {
                deployed.add(deploy.added().version());
            }
        }
        for (BundleVersion version : deployed) {
            bounded.computeIfPresent(version.name().text(), (name, bundle) -> bounded(bundle, deployed, pins));
        }
        return bounded;
    }

    private DeployedBundle bounded(DeployedBundle bundle, Set<BundleVersion> deployed, Pins pins) {
        int tooMany = bundle.versions().size() - 1 - keptVersions;
        List<Version> retired = bundle.versions().stream()
                .map(DeployedVersion::version)
                .filter(version -> !version.version().equals(bundle.defaultVersion()))
                .filter(version ->
                        !deployed.contains(version) && pins.on(version).isEmpty())
                .sorted(Comparator.comparing(BundleVersion::stored).thenComparing(BundleVersion::version))
                .limit(Math.max(0, tooMany))
                .map(BundleVersion::version)
                .toList();
        DeployedBundle bounded = bundle;
        for (Version version : retired) {
            bounded = bounded.without(version);
        }
        return bounded;
    }
}
