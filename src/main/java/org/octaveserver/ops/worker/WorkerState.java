package org.octaveserver.ops.worker;

import java.util.Set;
import org.octaveserver.ops.lifecycle.StateMachine;

/** The life of a worker. */
public enum WorkerState {
    /** Its process runs; it has not said yet that it is loaded. */
    STARTING,
    /** Waits for a call. */
    READY,
    /** Runs a call. */
    BUSY,
    /** Was asked to end. */
    STOPPING,
    /** Its process is gone or was killed. Never comes back. */
    DEAD;

    private static final StateMachine.Table<WorkerState> MOVES = StateMachine.table(WorkerState.class)
            .from(STARTING, Set.of(READY, DEAD))
            .from(READY, Set.of(BUSY, STOPPING, DEAD))
            .from(BUSY, Set.of(READY, DEAD))
            .from(STOPPING, Set.of(DEAD));

    static StateMachine<WorkerState> begin(String worker) {
        return MOVES.begin("worker " + worker, STARTING);
    }
}
