package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** The portable worker. User code can find its channel among Octave's own files, and break it. */
class WorkerIT extends WorkerBehaviour {
    WorkerIT() {
        super(Launching.Kind.PORTABLE);
    }

    @Test
    void garbageOnTheChannelKillsTheWorkerOnly() {
        launching()
                .with(
                        "garbage",
                        "function garbage ()\n  for f = fopen ('all')\n    fputs (f, 'this is no frame, and long enough to be read as one');\n  endfor\nendfunction\n");
        Worker worker = launching().launch();

        assertThat(codeOf(() -> call(worker, "garbage", 0))).isEqualTo(ErrorCode.WORKER_PROTOCOL);
        assertThat(worker.state()).isEqualTo(WorkerState.DEAD);
    }

    @Test
    void closingTheChannelIsReported() {
        launching().with("shut", "function shut ()\n  fclose ('all');\nendfunction\n");
        Worker worker = launching().launch();

        assertThatThrownBy(() -> call(worker, "shut", 0)).isInstanceOf(OpsException.class);
        assertThat(worker.state()).isEqualTo(WorkerState.DEAD);
    }
}
