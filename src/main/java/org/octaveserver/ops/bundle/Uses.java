package org.octaveserver.ops.bundle;

import java.util.HashSet;
import java.util.Set;

/**
 * What must stay in the store though callers may not see it any more.
 *
 * @param versions ids of versions
 * @param releases numbers of releases
 */
public record Uses(Set<String> versions, Set<Long> releases) {
    /** Of nobody. */
    public static final Uses NONE = new Uses(Set.of(), Set.of());

    public Uses {
        versions = Set.copyOf(versions);
        releases = Set.copyOf(releases);
    }

    /** Both together. */
    public Uses and(Uses others) {
        Set<String> allVersions = new HashSet<>(versions);
        Set<Long> allReleases = new HashSet<>(releases);
        allVersions.addAll(others.versions);
        allReleases.addAll(others.releases);
        return new Uses(allVersions, allReleases);
    }
}
