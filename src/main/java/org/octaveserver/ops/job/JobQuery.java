package org.octaveserver.ops.job;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which jobs somebody wants to see.
 *
 * @param viewer who asks
 * @param states any of these; none means all but deleted ones
 * @param bundle of this bundle, or {@code name@version}
 * @param principal of this principal
 * @param accepted in this time
 * @param page which part of them
 */
public record JobQuery(
        Viewer viewer,
        Set<JobState> states,
        Optional<String> bundle,
        Optional<String> principal,
        Span accepted,
        Page page) {
    /**
     * A time.
     *
     * @param from this moment on
     * @param until this one, exclusively
     */
    public record Span(Optional<Instant> from, Optional<Instant> until) {}

    /**
     * A part of a list.
     *
     * @param size how many at most
     * @param after the last one of the page before
     */
    public record Page(int size, Optional<JobId> after) {}
}
