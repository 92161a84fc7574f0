package org.octaveserver.ops.bundle;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A bundle as one release has it: versions side by side, one of which callers get who name none.
 *
 * @param defaultVersion the version for those
 * @param versions all, the default one too; the lowest first
 */
public record DeployedBundle(Version defaultVersion, List<DeployedVersion> versions) {
    private static final Comparator<DeployedVersion> BY_VERSION =
            Comparator.comparing(deployed -> deployed.version().version());

    public DeployedBundle {
        versions = versions.stream().sorted(BY_VERSION).toList();
        Set<Version> different = new HashSet<>();
        for (DeployedVersion deployed : versions) {
            if (!different.add(deployed.version().version())) {
                throw new IllegalArgumentException(deployed.version().id() + " is not the only one of its version");
            }
        }
        if (!different.contains(defaultVersion)) {
            throw new IllegalArgumentException("the default version " + defaultVersion + " is none of " + versions);
        }
    }

    /** A bundle with one version. */
    public static DeployedBundle of(DeployedVersion only) {
        return new DeployedBundle(only.version().version(), List.of(only));
    }

    /** What callers get who name no version. */
    public DeployedVersion byDefault() {
        return exactly(defaultVersion.text()).orElseThrow();
    }

    /** The version with this text, or written otherwise: {@code 1.0} is {@code 1.0.0}. */
    public Optional<DeployedVersion> exactly(String version) {
        return Version.parse(version)
                .flatMap(wanted -> versions.stream()
                        .filter(deployed -> deployed.version().version().equals(wanted))
                        .findFirst());
    }

    /** The version with exactly this text. */
    Optional<DeployedVersion> written(String version) {
        return versions.stream()
                .filter(deployed -> deployed.version().version().text().equals(version))
                .findFirst();
    }

    /**
     * What callers get who pin a version. A version as it is written is never read as a range: where {@code 1.2} itself
     * is deployed, {@code 1.2} stays with it when {@code 1.2.1} comes.
     *
     * @param wanted an exact version, or {@code 1} or {@code 1.2} for the highest that begins so
     */
    public Optional<DeployedVersion> find(String wanted) {
        return written(wanted)
                .or(() -> VersionRange.parse(wanted).flatMap(this::highest))
                .or(() -> exactly(wanted));
    }

    private Optional<DeployedVersion> highest(VersionRange range) {
        return versions.stream()
                .filter(deployed -> range.contains(deployed.version().version()))
                .max(BY_VERSION);
    }

    /** The bundle with this version too, in the place of the one that equals it if there is one. */
    DeployedBundle with(DeployedVersion added, boolean asDefault) {
        Version version = added.version().version();
        List<DeployedVersion> all =
                Stream.concat(others(version), Stream.of(added)).toList();
        return new DeployedBundle(asDefault ? version : defaultVersion, all);
    }

    /** The bundle without a version that is not the default. */
    DeployedBundle without(Version version) {
        return new DeployedBundle(defaultVersion, others(version).toList());
    }

    /** The bundle with the default and what others depend on, and no other version. */
    DeployedBundle onlyDefaultAnd(Pins pins) {
        return new DeployedBundle(
                defaultVersion,
                versions.stream()
                        .filter(deployed -> deployed.equals(byDefault())
                                || !pins.on(deployed.version()).isEmpty())
                        .toList());
    }

    private Stream<DeployedVersion> others(Version version) {
        return versions.stream()
                .filter(deployed -> !deployed.version().version().equals(version));
    }

    /** The versions for a message: {@code 1.0.0, 1.1.0 (default)}; where there is one, it alone. */
    public String listed() {
        if (versions.size() == 1) {
            return defaultVersion.text();
        }
        return versions.stream()
                .map(deployed -> deployed.version().version())
                .map(version -> Objects.equals(version, defaultVersion) ? version + " (default)" : version.text())
                .collect(Collectors.joining(", "));
    }
}
