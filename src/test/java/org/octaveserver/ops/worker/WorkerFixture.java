package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.WorkerFrames;

/** Workers over processes that tests play. */
abstract class WorkerFixture {
    static final Duration LONG = Duration.ofSeconds(20);
    static final OctaveValue ONE = NumericArray.scalar(1);

    final FakeWorkers workers = new FakeWorkers();

    @AfterEach
    void endAll() {
        workers.close();
    }

    /** What a worker does with a call; everything else it does as it should. */
    interface OnCall {
        void run(FakeWorkerProcess self, long number, CallRequest call) throws IOException;
    }

    FakeWorkerProcess process(OnCall onCall) {
        return FakeWorkerProcess.greeting(1, (self, frame) -> {
            if (frame.kind() == FrameKind.CALL) {
                onCall.run(self, frame.number(), WorkerFrames.call(frame));
            } else {
                FakeWorkerProcess.obey(self, frame);
            }
        });
    }

    Worker started(OnCall onCall) {
        return workers.start(process(onCall), LONG);
    }

    Worker obedient() {
        return workers.start(FakeWorkerProcess.obedient(1), LONG);
    }

    static WorkerAnswer call(Worker worker, String function, Duration limit) {
        return worker.call(new CallRequest("", function, 1, List.of(ONE)), Deadline.after(limit));
    }

    static OpsException failureOf(Worker worker, Duration limit) {
        return catchThrowableOfType(OpsException.class, () -> call(worker, "f", limit));
    }

    void assertDead(Worker worker) {
        assertThat(worker.state()).isEqualTo(WorkerState.DEAD);
        assertThat(worker.isUsable()).isFalse();
        // Whoever kills it tidies up behind it last: a caller hears the reason without waiting for that.
        Awaitility.await().until(() -> workers.cleanUps() == 1);
        assertThat(workers.processOf(worker).isAlive()).isFalse();
    }
}
