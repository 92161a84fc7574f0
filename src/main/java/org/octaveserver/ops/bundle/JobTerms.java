package org.octaveserver.ops.bundle;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the jobs of a bundle are run ({@code jobs} of {@code ops.json}). What is absent is the server's to decide.
 *
 * @param allIdempotent whether each function may be run again that was broken off
 * @param idempotent those of which it is said by name: to run one twice does no more than to run it once
 * @param timeout how long the function of a job may run
 * @param cancelGrace how long the function of a cancelled job has to end by itself, when {@code ops.cancelled} tells it
 */
public record JobTerms(
        boolean allIdempotent, Set<String> idempotent, Optional<Duration> timeout, Optional<Duration> cancelGrace) {
    /** Those of a bundle that says nothing. */
    public static final JobTerms DEFAULT = new JobTerms(false, Set.of(), Optional.empty(), Optional.empty());

    public JobTerms {
        idempotent = Set.copyOf(idempotent);
    }

    /** Whether a function may be run again that was broken off. */
    public boolean isIdempotent(String function) {
        return allIdempotent || idempotent.contains(function);
    }
}
