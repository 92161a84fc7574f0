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
}
