package org.octaveserver.ops.job;

import java.time.Instant;
import java.util.Optional;

/**
 * When a job came into each state, last.
 *
 * @param accepted into the queue
 * @param claimed by a node
 * @param begun to run
 * @param ended in whatever way
 * @param deleted and remembered only
 */
public record JobTimes(
        Instant accepted,
        Optional<Instant> claimed,
        Optional<Instant> begun,
        Optional<Instant> ended,
        Optional<Instant> deleted) {}
