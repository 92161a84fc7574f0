package org.octaveserver.ops.call;

import java.util.Set;
import org.octaveserver.ops.lifecycle.StateMachine;

/** How far a call has come. */
public enum CallState {
    /** It has no worker yet. */
    WAITING,
    /** A worker runs it. */
    RUNNING,
    /** It was answered, or will never be. */
    OVER;

    private static final StateMachine.Table<CallState> TABLE = StateMachine.table(CallState.class)
            .from(WAITING, Set.of(RUNNING, OVER))
            .from(RUNNING, Set.of(OVER));

    static StateMachine<CallState> begin(String call) {
        return TABLE.begin("call " + call, WAITING);
    }
}
