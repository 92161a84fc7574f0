package org.octaveserver.ops.job;

/**
 * A job as the store had it when somebody asked.
 *
 * @param target what it calls
 * @param owner whose it is
 * @param order how it was ordered
 * @param status how far it is
 * @param times when it came so far
 */
public record Job(JobId id, JobTarget target, JobOwner owner, JobOrder order, JobStatus status, JobTimes times) {
    public JobState state() {
        return status.state();
    }

    /** The same with newer progress. */
    Job progressed(Progress newer) {
        JobStatus now = new JobStatus(
                status.state(), status.sequence(), status.tries(), status.node(), newer, status.problem());
        return new Job(id, target, owner, order, now, times);
    }
}
