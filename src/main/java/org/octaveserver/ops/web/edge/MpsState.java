package org.octaveserver.ops.web.edge;

import org.octaveserver.ops.job.JobState;

/** The states of asynchronous requests by MPS's names (MPS RESTful API, "Asynchronous Execution"). */
public final class MpsState {
    private MpsState() {}

    /** That of a job; DELETED, which MPS never shows, for one that is. READING never is: a job is on disk before it has an id. */
    public static String of(JobState state) {
        return switch (state) {
            case QUEUED, CLAIMED -> "IN_QUEUE";
            case RUNNING -> "PROCESSING";
            case RETURNED, THREW -> "READY";
            case ERROR -> "ERROR";
            case CANCELLED -> "CANCELLED";
            case DELETED -> "DELETED";
        };
    }
}
