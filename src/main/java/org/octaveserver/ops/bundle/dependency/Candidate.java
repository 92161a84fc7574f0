package org.octaveserver.ops.bundle.dependency;

import java.util.List;
import java.util.Locale;

/**
 * Something that others may depend on.
 *
 * @param name as it is written
 * @param version its version
 * @param origin where it is
 * @param depends what it needs itself
 */
public record Candidate(String name, PackageVersion version, Origin origin, List<Constraint> depends) {
    public Candidate {
        depends = List.copyOf(depends);
    }

    /** Where a candidate is. */
    public enum Origin {
        /** Deployed, or about to be. */
        BUNDLE,
        /** Installed with the runtime. */
        RUNTIME
    }

    /** What constraints call it. */
    String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** For messages. */
    public String described() {
        return name + " " + version;
    }
}
