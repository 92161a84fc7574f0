package org.octaveserver.ops.worker;

import java.util.List;

/** The portable worker's frames. */
class WorkerProtocolIT extends WorkerProtocolBehaviour {
    WorkerProtocolIT() {
        super("portable");
    }

    @Override
    List<String> arguments() {
        return List.of("--eval", "ops_worker_main");
    }
}
