package org.octaveserver.ops.bundle;

import java.util.Optional;

/**
 * A release that is kept, whether it can still be read or not: one that is damaged must not hide the others.
 *
 * @param number of the release
 * @param release absent when it is damaged
 * @param problem what is wrong with it then
 */
public record KeptRelease(long number, Optional<Release> release, Optional<String> problem) {
    static KeptRelease whole(Release release) {
        return new KeptRelease(release.number(), Optional.of(release), Optional.empty());
    }

    static KeptRelease damaged(long number, String problem) {
        return new KeptRelease(number, Optional.empty(), Optional.of(problem));
    }
}
