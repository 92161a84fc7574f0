package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.FrameKind;
import org.octaveserver.ops.wire.Protocol;
import org.octaveserver.ops.wire.WorkerFrames;

/** Ends: asked for, by force, from elsewhere, at the last moment. */
@Timeout(30)
class WorkerEndTest extends WorkerFixture {
    @Test
    void anIdleWorkerIsAskedToEnd() {
        List<FrameKind> asked = new ArrayList<>();
        FakeWorkerProcess process = FakeWorkerProcess.greeting(1, (self, frame) -> {
            asked.add(frame.kind());
            FakeWorkerProcess.obey(self, frame);
        });
        Worker worker = workers.start(process, LONG);

        worker.shutdown(LONG);

        assertThat(asked).containsExactly(FrameKind.START, FrameKind.SHUTDOWN);
        assertThat(process.awaitExit(Duration.ZERO)).hasValue(0);
        assertDead(worker);
    }

    @Test
    void aWorkerThatDoesNotEndIsKilled() {
        FakeWorkerProcess process = FakeWorkerProcess.greeting(1, (self, frame) -> {
            if (frame.kind() != FrameKind.SHUTDOWN) {
                FakeWorkerProcess.obey(self, frame);
            }
        });
        Worker worker = workers.start(process, LONG);

        worker.shutdown(Duration.ofMillis(20));

        assertThat(process.awaitExit(Duration.ZERO)).hasValue(137);
        assertDead(worker);
    }

    @Test
    void endingTwiceIsEndingOnce() {
        Worker worker = obedient();

        worker.shutdown(LONG);
        worker.shutdown(LONG);
        worker.kill(EndReason.exited(1));

        assertThat(workers.processOf(worker).kills()).isEqualTo(1);
        assertDead(worker);
    }

    @Test
    void aCallToAStoppedWorkerIsRefusedWithTheReason() {
        Worker worker = obedient();
        worker.shutdown(LONG);

        assertThat(failureOf(worker, LONG).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
    }

    @Test
    void whoKillsAWaitingCallGivesItsReason() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Worker worker = started((self, number, call) -> running.countDown());
        CompletableFuture<OpsException> call = CompletableFuture.supplyAsync(() -> failureOf(worker, LONG));
        running.await();

        worker.kill(new EndReason(ErrorCode.SHUTTING_DOWN, "because I say so"));

        OpsException thrown = call.get(5, TimeUnit.SECONDS);
        assertThat(thrown.code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
        assertThat(thrown).hasMessage("because I say so");
        assertDead(worker);
    }

    @Test
    void shuttingDownABusyWorkerKillsItAtOnce() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        Worker worker = started((self, number, call) -> running.countDown());
        CompletableFuture<OpsException> call = CompletableFuture.supplyAsync(() -> failureOf(worker, LONG));
        running.await();

        worker.shutdown(LONG);

        assertThat(call.get(5, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
    }

    @Test
    void theFirstReasonWins() {
        Worker worker = obedient();

        worker.kill(new EndReason(ErrorCode.CALL_TIMEOUT, "first"));
        worker.kill(new EndReason(ErrorCode.SHUTTING_DOWN, "second"));

        assertThat(failureOf(worker, LONG)).hasMessage("first");
        assertThat(workers.processOf(worker).kills()).isEqualTo(1);
        assertThat(workers.cleanUps()).isEqualTo(1);
    }

    /** A process takes a moment to die; meanwhile nobody may be given the worker. */
    @Test
    void isUnusableBeforeItsProcessHasEnded() {
        Worker[] holder = new Worker[1];
        boolean[] usable = {true};
        FakeWorkerProcess process = new FakeWorkerProcess(1, FakeWorkerProcess::obey) {
            @Override
            public void killGroup() {
                usable[0] = holder[0].isUsable() || holder[0].state() != WorkerState.DEAD;
                super.killGroup();
            }
        };
        process.send(WorkerFrames.hello(Protocol.VERSION, "fake", "0", 1));
        holder[0] = workers.start(process, LONG);

        holder[0].kill(EndReason.stopped());

        assertThat(usable[0]).isFalse();
    }

    /** One process of a group ends before another. */
    @Test
    void nobodyIsToldBeforeTheLastProcessIsGone() {
        Worker[] holder = new Worker[1];
        List<CompletableFuture<WorkerAnswer>> calls = new ArrayList<>();
        List<Boolean> told = new ArrayList<>();
        FakeWorkerProcess process = new FakeWorkerProcess(1, FakeWorkerProcess::obey) {
            @Override
            public void killGroup() {
                told.add(calls.get(0).isDone());
                hangUp();
                workers.awaitRead(holder[0]);
                told.add(calls.get(0).isDone());
                super.killGroup();
            }
        };
        process.send(WorkerFrames.hello(Protocol.VERSION, "fake", "0", 1));
        holder[0] = workers.start(process, LONG);
        calls.add(holder[0].begin(new CallRequest("", "hang", 0, List.of()), Deadline.after(LONG), progress -> {}));

        holder[0].kill(new EndReason(ErrorCode.CALL_TIMEOUT, "too late"));

        assertThat(told).containsExactly(false, false);
        assertThat(calls.get(0)).isCompletedExceptionally();
    }

    /** An answer at the very deadline: either the call succeeds or it timed out, and no later call pays for it. */
    @Test
    void aDeadlineNeverHitsTheNextCall() {
        for (int round = 0; round < 200; round++) {
            Worker worker = obedient();
            Duration about = Duration.ofNanos(20_000L + round * 1000L);
            try {
                call(worker, "echo", about);
            } catch (OpsException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CALL_TIMEOUT);
            }
            if (worker.isUsable()) {
                assertThat(call(worker, "echo", LONG).answer()).isInstanceOf(Answer.Result.class);
            }
        }
    }

    @Test
    void framesBehindTheEndChangeNothing() {
        Worker worker = started((self, number, call) -> {
            self.answer(number, call, call.arguments());
            self.exit(0);
        });

        assertThat(call(worker, "f", LONG).answer()).isInstanceOf(Answer.Result.class);
        assertThat(worker.isUsable()).isFalse();
    }
}
