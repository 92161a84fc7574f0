package org.octaveserver.ops.job;

import java.util.Optional;

/**
 * How far a job is.
 *
 * @param sequence the value of the store's counter at its last change of state (MPS: {@code lastModifiedSeq})
 * @param attempt how often a node has taken it; 0 before the first time
 * @param node which has or had it last; empty before the first time
 * @param progress what its function said last; 1 when it has returned
 * @param problem why it did not return
 */
public record JobStatus(
        JobState state, long sequence, int attempt, String node, Progress progress, Optional<JobProblem> problem) {}
