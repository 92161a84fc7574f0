package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.wire.WorkerFrames;

/** How a worker starts, or says why it does not. */
@Timeout(30)
class WorkerStartTest extends WorkerFixture {
    private OpsException failureToStart(FakeWorkerProcess process, Duration limit) {
        FakeWorkers.Unstarted unstarted = workers.unstarted(process);
        OpsException thrown = catchThrowableOfType(OpsException.class, () -> unstarted.start(limit));
        assertDead(unstarted.worker());
        return thrown;
    }

    @Test
    void becomesReady() {
        Worker worker = obedient();

        assertThat(worker.isUsable()).isTrue();
        assertThat(worker.state()).isEqualTo(WorkerState.READY);
        assertThat(worker.hello().implementation()).isEqualTo("fake");
        assertThat(worker.calls()).isZero();
    }

    @Test
    void saysNothingOfItselfBefore() {
        assertThatThrownBy(() -> workers.unstarted(FakeWorkerProcess.obedient(1))
                        .worker()
                        .hello())
                .hasMessage("the worker has not started");
    }

    @Test
    void aProcessThatEndsIsReportedWithItsStatusAndWhatItPrinted() {
        FakeWorkerProcess process = new FakeWorkerProcess(1, FakeWorkerProcess::obey);
        process.print("error: no such thing\n");
        process.exit(7);

        OpsException thrown = failureToStart(process, LONG);

        assertThat(thrown.code()).isEqualTo(ErrorCode.WORKER_START_FAILED);
        assertThat(thrown)
                .hasMessageContaining("exit status 7")
                .hasMessageEndingWith("; it printed: error: no such thing");
    }

    @Test
    void waitsForTheLastThingThatADyingProcessPrints() {
        FakeWorkerProcess process = FakeWorkerProcess.greeting(1, (self, frame) -> self.hangUp());
        CompletableFuture<Void> later = CompletableFuture.runAsync(
                () -> {
                    process.print("the reason");
                    process.exit(1);
                },
                CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));

        assertThat(failureToStart(process, LONG)).hasMessageContaining("it printed: the reason");
        later.join();
    }

    @Test
    void anotherVersionOfTheProtocolIsRefusedNamingBoth() {
        FakeWorkerProcess process = new FakeWorkerProcess(1, FakeWorkerProcess::obey);
        process.send(WorkerFrames.hello(2, "fake", "0.0.0", 1));

        assertThat(failureToStart(process, LONG))
                .hasMessageContaining("version 2")
                .hasMessageContaining("version 1");
    }

    @Test
    void aFailureToLoadIsReportedAsItIs() {
        OctaveFailure failure = new OctaveFailure(OctaveFailure.Reason.REFUSED, "", "no such directory", List.of());
        FakeWorkerProcess process = FakeWorkerProcess.greeting(1, (self, frame) -> {
            self.print(WorkerFrames.start(frame).outputMark());
            self.send(WorkerFrames.failure(frame.number(), failure));
        });

        OpsException thrown = failureToStart(process, LONG);

        assertThat(thrown.code()).isEqualTo(ErrorCode.WORKER_START_FAILED);
        assertThat(thrown).hasMessage("loading failed: no such directory");
    }

    @Test
    void aProcessThatNeverSaysHelloIsKilledNamingTheSetting() {
        FakeWorkerProcess silent = new FakeWorkerProcess(1, FakeWorkerProcess::obey);

        OpsException thrown = failureToStart(silent, Duration.ofMillis(20));

        assertThat(thrown.code()).isEqualTo(ErrorCode.WORKER_START_FAILED);
        assertThat(thrown).hasMessageContaining("not ready after 20 ms (setting ops.worker.start-timeout)");
    }

    @Test
    void resultIsNoAnswerToStart() {
        FakeWorkerProcess process = FakeWorkerProcess.greeting(1, (self, frame) -> {
            self.print(WorkerFrames.start(frame).outputMark());
            self.send(WorkerFrames.result(frame.number(), List.of()));
        });

        assertThat(failureToStart(process, LONG)).hasMessageContaining("does not answer START with RESULT");
    }

    @Test
    void garbageInsteadOfHelloIsRefused() {
        FakeWorkerProcess process = new FakeWorkerProcess(1, FakeWorkerProcess::obey);
        process.send("GNU Octave, version 7.3.0, Copyright".getBytes(StandardCharsets.US_ASCII));

        assertThat(failureToStart(process, LONG)).hasMessageContaining("not a frame: ");
    }

    /** Whatever breaks while it starts: a process that nobody knows must not live on. */
    @Test
    void aFailureOfTheServerItselfKillsTheProcess() {
        FakeWorkerProcess process = FakeWorkerProcess.greeting(1, (self, frame) -> {
            throw new IllegalStateException("out of memory, say");
        });
        FakeWorkers.Unstarted unstarted = workers.unstarted(process);

        assertThatThrownBy(() -> unstarted.start(LONG)).hasMessage("out of memory, say");

        assertDead(unstarted.worker());
    }
}
