package org.octaveserver.ops.bundle;

import java.util.List;
import java.util.OptionalLong;

/**
 * Asks for a new release.
 *
 * @param by who asks
 * @param reason why, or empty
 * @param expected the release that must be current, when the changes were thought up for that one
 * @param dryRun whether only to find out what would be
 */
public record ReleaseRequest(String by, String reason, OptionalLong expected, boolean dryRun) {
    /** On top of whatever is current. */
    public static ReleaseRequest of(String by, String reason) {
        return new ReleaseRequest(by, reason, OptionalLong.empty(), false);
    }

    /** The release whose content the changes take over whole, if that is all they do. */
    static OptionalLong activated(List<Change> changes) {
        return changes.size() == 1
                        && changes.get(0) instanceof Change.RollBack back
                        && back.name().isEmpty()
                ? OptionalLong.of(back.target().number())
                : OptionalLong.empty();
    }
}
