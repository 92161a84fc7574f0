package org.octaveserver.ops.job;

import java.util.Optional;

/**
 * How a job ended where it ran.
 *
 * @param state RETURNED, THREW or ERROR
 * @param result the outcome, if there is one; its file is on disk already
 * @param output what was printed; nothing when nothing was
 * @param problem why it did not return
 * @param progress what is to be shown from now on
 */
public record Ending(
        JobState state,
        Optional<Payload> result,
        Optional<Payload> output,
        Optional<JobProblem> problem,
        Progress progress) {}
