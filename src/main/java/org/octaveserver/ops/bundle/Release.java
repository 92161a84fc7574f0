package org.octaveserver.ops.bundle;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What callers see: a numbered set of bundles, each in one version. Immutable.
 *
 * @param number counts up from 1 and is never used twice; 0 for the empty set before the first
 * @param previous the release that this one was made from
 * @param created when it was made
 * @param by who made it
 * @param reason why, or empty
 * @param bundles the version of each bundle, by name, in order
 */
public record Release(
        long number, long previous, Instant created, String by, String reason, Map<String, BundleVersion> bundles) {
    /** Before anything was deployed. */
    public static final Release NONE = new Release(0, 0, Instant.EPOCH, "", "", Map.of());

    public Release {
        bundles = Collections.unmodifiableSortedMap(new TreeMap<>(bundles));
    }

    /** The version that calls to this bundle go to. */
    public Optional<BundleVersion> bundle(String name) {
        return Optional.ofNullable(bundles.get(name));
    }
}
