package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.wire.WorkerFrames;

/** Calls, and how they end otherwise than with an answer. */
@Timeout(30)
class WorkerCallTest extends WorkerFixture {
    @Test
    void answersWithOutputsAndWhatWasPrinted() {
        Worker worker = started((self, number, call) -> {
            self.print("hello");
            self.answer(number, call, call.arguments());
        });

        WorkerAnswer answer = call(worker, "f", LONG);

        assertThat(answer.answer()).isEqualTo(new Answer.Result(List.of(ONE)));
        assertThat(answer.printed()).isEqualTo("hello");
        assertThat(worker.calls()).isEqualTo(1);
        assertThat(worker.isUsable()).isTrue();
    }

    @Test
    void numbersRequestsFromOneUpwards() {
        List<Long> numbers = new ArrayList<>();
        Worker worker = started((self, number, call) -> {
            numbers.add(number);
            self.answer(number, call, call.arguments());
        });

        call(worker, "f", LONG);
        call(worker, "f", LONG);

        assertThat(numbers).as("START is number 1").containsExactly(2L, 3L);
    }

    @Test
    void everyCallHasAMarkOfItsOwn() {
        List<String> marks = new ArrayList<>();
        Worker worker = started((self, number, call) -> {
            marks.add(call.outputMark());
            self.answer(number, call, call.arguments());
        });

        call(worker, "f", LONG);
        call(worker, "f", LONG);

        assertThat(marks).doesNotHaveDuplicates().allMatch(mark -> mark.length() == 33);
    }

    @Test
    void whatAFunctionThrowsIsAnAnswer() {
        OctaveFailure failure = new OctaveFailure(OctaveFailure.Reason.THROWN, "a:b", "no", List.of());
        Worker worker = started((self, number, call) -> {
            self.print(call.outputMark());
            self.send(WorkerFrames.failure(number, failure));
            self.send(WorkerFrames.bare(FrameKind.READY, number));
        });

        assertThat(call(worker, "f", LONG).answer()).isEqualTo(new Answer.Failed(failure));
        assertThat(worker.isUsable()).isTrue();
    }

    /** What it left behind could not be undone: the next call must not meet it. */
    @Test
    void aWorkerThatDiesBehindItsAnswerHasAnsweredAndIsNotLentAgain() {
        Worker worker = started((self, number, call) -> {
            self.print(call.outputMark());
            self.send(WorkerFrames.result(number, call.arguments()));
            self.exit(70);
        });

        assertThat(call(worker, "f", LONG).answer()).isInstanceOf(Answer.Result.class);
        assertThat(worker.isUsable()).isFalse();
    }

    @Test
    void aProcessThatExitsIsReportedWithItsStatus() {
        Worker worker = started((self, number, call) -> self.exit(3));

        OpsException thrown = failureOf(worker, LONG);

        assertThat(thrown.code()).isEqualTo(ErrorCode.WORKER_EXITED);
        assertThat(thrown).hasMessageContaining("exit status 3");
        assertDead(worker);
    }

    @Test
    void aProcessThatASignalEndsIsReportedWithTheSignal() {
        Worker worker = started((self, number, call) -> self.exit(128 + 11));

        OpsException thrown = failureOf(worker, LONG);

        assertThat(thrown.code()).isEqualTo(ErrorCode.WORKER_CRASHED);
        assertThat(thrown).hasMessageContaining("signal 11, SIGSEGV");
    }

    @Test
    void aStatusThatNoSignalGivesIsNoCrash() {
        Worker worker = started((self, number, call) -> self.exit(255));

        OpsException thrown = failureOf(worker, LONG);

        assertThat(thrown.code()).isEqualTo(ErrorCode.WORKER_EXITED);
        assertThat(thrown).hasMessageContaining("exit status 255");
    }

    @Test
    void aChannelThatIsClosedByALivingProcessIsABreach() {
        Worker worker = started((self, number, call) -> self.hangUp());

        OpsException thrown = failureOf(worker, LONG);

        assertThat(thrown.code()).isEqualTo(ErrorCode.WORKER_PROTOCOL);
        assertThat(thrown).hasMessageEndingWith("it was closed");
        assertDead(worker);
    }

    @Test
    void aCallThatCannotBeSentIsReportedToo() {
        Worker worker = obedient();
        workers.processOf(worker).exit(9);

        assertThat(failureOf(worker, LONG).code()).isEqualTo(ErrorCode.WORKER_EXITED);
        assertDead(worker);
    }

    @Test
    void theDeadlineKillsAndIsNamed() {
        Worker worker = started((self, number, call) -> {});

        OpsException thrown = failureOf(worker, Duration.ofMillis(30));

        assertThat(thrown.code()).isEqualTo(ErrorCode.CALL_TIMEOUT);
        assertThat(thrown).hasMessageContaining("longer than the 30 ms");
        assertDead(worker);
    }

    @Test
    void aDeadWorkerRepeatsWhyItDied() {
        Worker worker = started((self, number, call) -> {});
        failureOf(worker, Duration.ofMillis(30));

        assertThat(failureOf(worker, LONG)).hasMessageContaining("longer than the 30 ms");
    }

    @Test
    void aWorkerThatIsBusyTakesNoSecondCall() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Worker worker = started((self, number, call) -> running.countDown());
        CompletableFuture<OpsException> first = CompletableFuture.supplyAsync(() -> failureOf(worker, LONG));
        running.await();

        assertThatThrownBy(() -> call(worker, "f", LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is BUSY, not READY");
        worker.kill(EndReason.stopped());
        assertThat(first.get(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aFailureOfTheServerItselfLeavesNoUsableWorker() {
        Worker worker = started((self, number, call) -> {
            throw new IllegalStateException("out of memory, say");
        });

        assertThatThrownBy(() -> call(worker, "f", LONG)).hasMessage("out of memory, say");

        assertDead(worker);
    }
}
