package org.octaveserver.ops.job;

import java.util.Optional;

/**
 * How far a job is.
 *
 * @param sequence the value of the store's counter at its last change of state (MPS: {@code lastModifiedSeq})
 * @param tries how often it was tried
 * @param node which has or had it last; empty before the first time
 * @param progress what its function said last; 1 when it has returned
 * @param problem why it did not return
 */
public record JobStatus(
        JobState state, long sequence, Tries tries, String node, Progress progress, Optional<JobProblem> problem) {
    /**
     * How often a job was tried.
     *
     * @param claims how often a node has taken it: what tells one lease from another
     * @param begins how often its function has begun
     */
    public record Tries(int claims, int begins) {
        public static final Tries NONE = new Tries(0, 0);

        /** The same with one more claim. */
        public Tries claimed() {
            return new Tries(claims + 1, begins);
        }

        /** The same with one more beginning. */
        public Tries begun() {
            return new Tries(claims, begins + 1);
        }
    }

    /** Which claim of the job's is the last; 0 before the first one. */
    public int attempt() {
        return tries.claims();
    }
}
