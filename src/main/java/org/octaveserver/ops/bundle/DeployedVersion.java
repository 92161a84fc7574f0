package org.octaveserver.ops.bundle;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A version as one release has it: the same version may run elsewhere, or with other dependencies, in another release.
 *
 * @param version what is deployed
 * @param runtime the id of the runtime that was chosen for it; absent, in releases of servers that knew one only: the
 *     default one
 * @param pins the exact version of each bundle that it depends on, by name
 */
public record DeployedVersion(BundleVersion version, Optional<String> runtime, Map<String, String> pins) {
    public DeployedVersion {
        pins = Collections.unmodifiableSortedMap(new TreeMap<>(pins));
    }

    /** A version on the default runtime that depends on no other bundle. */
    public static DeployedVersion of(BundleVersion version) {
        return new DeployedVersion(version, Optional.empty(), Map.of());
    }

    /** Whether it depends on exactly this version of the bundle. */
    boolean pins(BundleVersion other) {
        return Optional.ofNullable(pins.get(other.name().text()))
                .flatMap(Version::parse)
                .filter(other.version()::equals)
                .isPresent();
    }

    /** Those of its pins that are on bundles, not on packages of the runtime. */
    Map<String, String> bundlePins() {
        Map<String, String> bundles = new TreeMap<>(pins);
        bundles.values().removeIf(Dependencies::isOfRuntime);
        return bundles;
    }

    /** For messages: {@code name@version}. */
    public String described() {
        return version.name() + "@" + version.version();
    }
}
