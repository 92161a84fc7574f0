package org.octaveserver.ops.job;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a job has come, and where it may go from there. The faces render these: MPS calls {@link #QUEUED} and {@link
 * #CLAIMED} IN_QUEUE, {@link #RUNNING} PROCESSING, {@link #RETURNED} and {@link #THREW} READY.
 */
public enum JobState {
    /** Accepted and on disk; waits for a node. */
    QUEUED,
    /** A node has taken it and waits for a worker; its function has not begun. */
    CLAIMED,
    /** Its function has begun, or is about to within the moment. */
    RUNNING,
    /** The function returned. */
    RETURNED,
    /** The function threw: an answer of user code as well. */
    THREW,
    /** There is no answer of user code: the function could not be run, or not to its end. */
    ERROR,
    /** Somebody who may has called it off. */
    CANCELLED,
    /** Finished, and then removed: what remains says {@link JobStore#delete}. */
    DELETED;

    private static final Set<JobState> FINISHED = EnumSet.of(RETURNED, THREW, ERROR, CANCELLED);

    /**
     * Where it may go next. A node that gives up or is lost lets a job go back into the queue. One that waits ends in ERROR
     * when it cannot be read; what a node says of it does not count then.
     */
    public Set<JobState> next() {
        return switch (this) {
            case QUEUED -> EnumSet.of(CLAIMED, CANCELLED, ERROR);
            case CLAIMED -> EnumSet.of(RUNNING, QUEUED, CANCELLED, ERROR);
            case RUNNING -> EnumSet.of(RETURNED, THREW, ERROR, CANCELLED, QUEUED);
            case RETURNED, THREW, ERROR, CANCELLED -> EnumSet.of(DELETED);
            case DELETED -> EnumSet.noneOf(JobState.class);
        };
    }

    /** From where it may be reached. */
    public Set<JobState> previous() {
        return Arrays.stream(values())
                .filter(state -> state.next().contains(this))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(JobState.class)));
    }

    /** Whether nothing will run any more, and it is still there. */
    public boolean isFinished() {
        return FINISHED.contains(this);
    }

    /** Whether it waits or runs. */
    public boolean isOpen() {
        return next().contains(CANCELLED);
    }

    /** Those that wait or run. */
    public static Set<JobState> open() {
        return CANCELLED.previous();
    }
}
