package org.octaveserver.ops.worker;

import java.util.Set;
import org.octaveserver.ops.lifecycle.StateMachine;

/** The life of a template. */
enum TemplateState {
    /** Its process runs; it has not loaded everything yet. */
    STARTING,
    /** Forks workers. */
    READY,
    /** Was asked to end. */
    STOPPING,
    /** Its process is gone or was killed. Never comes back. */
    DEAD;

    private static final StateMachine.Table<TemplateState> MOVES = StateMachine.table(TemplateState.class)
            .from(STARTING, Set.of(READY, DEAD))
            .from(READY, Set.of(STOPPING, DEAD))
            .from(STOPPING, Set.of(DEAD));

    static StateMachine<TemplateState> begin(String template) {
        return MOVES.begin("template " + template, STARTING);
    }
}
