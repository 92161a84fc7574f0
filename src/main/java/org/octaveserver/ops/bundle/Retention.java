package org.octaveserver.ops.bundle;

import java.time.Duration;

/**
 * How long what callers do not see any more is kept.
 *
 * @param releases how many releases are kept whatever their age, the current one included
 * @param releasesFor how long a release is kept however many there are
 * @param grace how long a version that no release has must go unused before it is removed; measured while this process
 *     runs, by a clock that nobody sets
 * @param silence how long a node says nothing until it counts as dead
 */
public record Retention(int releases, Duration releasesFor, Duration grace, Duration silence) {
    private static final int POLLS = 10;
    private static final Duration LEAST_SILENCE = Duration.ofMinutes(1);
    private static final Duration LEAST_GRACE = Duration.ofHours(1);

    public Retention {
        if (releases < 1 || releasesFor.isNegative() || grace.isNegative() || silence.isNegative()) {
            throw new IllegalArgumentException("at least one release is kept, and no time is negative");
        }
    }

    /** With the times that fit a store: a version may wait in it for its release as long as the longest deployment takes. */
    public static Retention of(int releases, Duration releasesFor, BundleSettings settings) {
        Duration polls = settings.pollInterval().multipliedBy(POLLS);
        Duration longest = settings.incomingKept();
        return new Retention(
                releases,
                releasesFor,
                longest.compareTo(LEAST_GRACE) > 0 ? longest : LEAST_GRACE,
                polls.compareTo(LEAST_SILENCE) > 0 ? polls : LEAST_SILENCE);
    }
}
