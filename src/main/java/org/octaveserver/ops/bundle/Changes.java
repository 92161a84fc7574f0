package org.octaveserver.ops.bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
        missingPins(after)
                .forEach((missing, dependents) -> refusals.collect(() -> {
                    throw missing.refused(has(before, missing), dependents);
                }));
        refusals.throwIfAny();
        return bounded(after);
    }

    /** A version that others are pinned to, and that is not there. */
    private record Missing(String name, String version) {
        OpsException refused(boolean wasThere, List<String> dependents) {
            String all = String.join(", ", dependents);
            if (wasThere) {
                return new OpsException(
                        ErrorCode.VERSION_PINNED,
                        name + "@" + version + " cannot be retired: " + all + " depends on it; retire that first");
            }
            return new OpsException(
                    ErrorCode.DEPENDENCY_UNSATISFIED,
                    all + " depends on " + name + "@" + version
                            + ", which would not be deployed; deploy that or roll it" + " back in the same request");
        }
    }

    /** Whatever brought a version in: what it is pinned to must be there too. */
    private static Map<Missing, List<String>> missingPins(Map<String, DeployedBundle> bundles) {
        Map<Missing, List<String>> missing = new LinkedHashMap<>();
        for (DeployedVersion dependent : Pins.of(bundles).dependents()) {
            dependent.bundlePins().forEach((name, version) -> {
                Missing pinned = new Missing(name, version);
                if (!has(bundles, pinned)) {
                    missing.computeIfAbsent(pinned, key -> new ArrayList<>()).add(dependent.described());
                }
            });
        }
        return missing;
    }

    private static boolean has(Map<String, DeployedBundle> bundles, Missing version) {
        return Optional.ofNullable(bundles.get(version.name()))
                .flatMap(bundle -> bundle.exactly(version.version()))
                .isPresent();
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
