package org.octaveserver.ops.worker;

import java.util.Set;
import org.octaveserver.ops.lifecycle.StateMachine;

/** How far a worker is with a call. */
enum CallPhase {
    /** The function runs. */
    RUNNING,
    /** It has answered, and the worker undoes what the call has left behind. */
    RESETTING,
    /** What programs have printed that the call has started is kept from the next one. */
    SEPARATING,
    /** The worker can take the next call, or is dead. */
    OVER;

    private static final StateMachine.Table<CallPhase> TABLE = StateMachine.table(CallPhase.class)
            .from(RUNNING, Set.of(RESETTING, OVER))
            .from(RESETTING, Set.of(SEPARATING, OVER))
            .from(SEPARATING, Set.of(OVER));

    static StateMachine<CallPhase> begin(String worker) {
        return TABLE.begin("a call in worker " + worker, RUNNING);
    }
}
