package org.octaveserver.ops.bundle;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * An immutable, numbered set of bundles: what callers see.
 *
 * @param number from 1 on; the highest is current
 * @param previous the release on top of which it was made
 * @param created when
 * @param by who made it
 * @param reason why, or empty
 * @param activated the older release whose content this one took over whole, if it was made so
 * @param bundles by name
 */
public record Release(
        long number,
        long previous,
        Instant created,
        String by,
        String reason,
        OptionalLong activated,
        Map<String, DeployedBundle> bundles) {
    /** Before anything was deployed. */
    public static final Release NONE = new Release(0, 0, Instant.EPOCH, "", "", OptionalLong.empty(), Map.of());

    public Release {
        bundles = Collections.unmodifiableSortedMap(new TreeMap<>(bundles));
    }

    /** The bundle with all its versions. */
    public Optional<DeployedBundle> deployed(String name) {
        return Optional.ofNullable(bundles.get(name));
    }

    /** The version that calls to this bundle go to when they name none. */
    public Optional<BundleVersion> bundle(String name) {
        return deployed(name).map(bundle -> bundle.byDefault().version());
    }

    /** The version of each bundle that calls go to when they name none, in the order of their names. */
    public List<BundleVersion> defaults() {
        return bundles.values().stream()
                .map(bundle -> bundle.byDefault().version())
                .toList();
    }

    /** Each version of each bundle. */
    public List<DeployedVersion> versions() {
        return bundles.values().stream()
                .flatMap(bundle -> bundle.versions().stream())
                .toList();
    }
}
