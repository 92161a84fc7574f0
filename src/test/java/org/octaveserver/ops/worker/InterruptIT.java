package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.OctaveFailure;

/** Interrupts, of real workers. */
class InterruptIT {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Launching launching = new Launching(Path.of("unused"));

    private Worker launch(Launching.Kind kind) {
        launching = new Launching(folder, kind)
                .with("short", "function r = short (x)\n  global seen = 0;\n  seen = x;\n  r = x;\nendfunction\n")
                .with("seen", "function r = seen ()\n  global seen = 0;\n  r = seen;\nendfunction\n")
                .with("busy", """
                        function r = busy (what)
                          global seen = 0;
                          seen = 77;
                          r = 1;
                          while (true)
                            eval (what);
                          endwhile
                        endfunction
                        """)
                .with("cleans", """
                        function cleans ()
                          global seen = 0;
                          unwind_protect
                            while (true) endwhile
                          unwind_protect_cleanup
                            seen = 5;
                          end_unwind_protect
                        endfunction
                        """);
        return launching.launch();
    }

    @AfterEach
    void end() {
        launching.close();
    }

    private static Answer call(Worker worker, String function, int outputs, OctaveValue... arguments) {
        return worker.call(new CallRequest("", function, outputs, List.of(arguments)), Deadline.after(LONG))
                .answer();
    }

    private static OctaveValue result(Worker worker, String function, OctaveValue... arguments) {
        return ((Answer.Result) call(worker, function, 1, arguments)).outputs().get(0);
    }

    /** A call that has only just begun may not have reached user code. */
    private static OctaveFailure interrupted(Worker worker, CompletableFuture<Answer> call) throws Exception {
        Awaitility.await().pollInterval(Duration.ofMillis(300)).until(() -> {
            boolean unused = worker.interrupt();
            return call.isDone();
        });
        return ((Answer.Failed) call.get(20, TimeUnit.SECONDS)).failure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x = 1;", "pause (3);", "system ('sleep 20');", "[s, t] = system ('sleep 20');"})
    void stopsTheStatementAndKeepsWhatTheWorkerKnows(String statement) throws Exception {
        Worker worker = launch(Launching.Kind.FORKED);
        CompletableFuture<Answer> call =
                CompletableFuture.supplyAsync(() -> call(worker, "busy", 1, CharArray.row(statement)));
        Awaitility.await().until(() -> worker.state() == WorkerState.BUSY);

        OctaveFailure failure = interrupted(worker, call);

        assertThat(failure.identifier()).isEqualTo("ops:interrupted");
        assertThat(failure.message()).isEqualTo("the call was interrupted");
        assertThat(worker.state()).isEqualTo(WorkerState.READY);
        assertThat(result(worker, "seen")).isEqualTo(NumericArray.scalar(77));
        assertThat(worker.interrupt()).isFalse();
        worker.shutdown(LONG);
    }

    @Test
    void whatAFunctionWantsDoneAtItsEndIsDone() throws Exception {
        Worker worker = launch(Launching.Kind.FORKED);
        CompletableFuture<Answer> call = CompletableFuture.supplyAsync(() -> call(worker, "cleans", 0));

        assertThat(interrupted(worker, call).identifier()).isEqualTo("ops:interrupted");

        assertThat(result(worker, "seen")).isEqualTo(NumericArray.scalar(5));
        worker.shutdown(LONG);
    }

    @Test
    void interruptsAtAnyMomentLoseNoWorkerAndNoAnswer() {
        Worker worker = launch(Launching.Kind.FORKED);
        Random random = new Random(1);
        AtomicInteger sent = new AtomicInteger();
        CompletableFuture<Void> interrupts = CompletableFuture.runAsync(() -> {
            while (sent.get() < 50) {
                sent.addAndGet(worker.interrupt() ? 1 : 0);
                Awaitility.await()
                        .pollDelay(Duration.ofNanos(random.nextInt(3_000_000)))
                        .until(() -> true);
            }
        });

        int stopped = 0;
        int calls = 0;
        while (!interrupts.isDone()) {
            Answer answer = call(worker, "short", 1, NumericArray.scalar(++calls));
            if (answer instanceof Answer.Failed failed) {
                assertThat(failed.failure().identifier()).isEqualTo("ops:interrupted");
                stopped++;
            } else {
                assertThat(((Answer.Result) answer).outputs()).containsExactly(NumericArray.scalar(calls));
            }
        }

        assertThat(interrupts).isCompleted();
        assertThat(stopped).isLessThanOrEqualTo(50);
        assertThat(worker.calls()).isEqualTo(calls);
        assertThat(worker.state()).isEqualTo(WorkerState.READY);
        assertThat(result(worker, "short", NumericArray.scalar(-1))).isEqualTo(NumericArray.scalar(-1));
        worker.shutdown(LONG);
    }

    @Test
    void aPortableWorkerIsNotInterruptedAndLives() throws Exception {
        Worker worker = launch(Launching.Kind.PORTABLE);
        CompletableFuture<Answer> call =
                CompletableFuture.supplyAsync(() -> call(worker, "short", 1, NumericArray.scalar(3)));

        assertThat(worker.interrupt()).isFalse();

        assertThat(((Answer.Result) call.get(20, TimeUnit.SECONDS)).outputs()).containsExactly(NumericArray.scalar(3));
        assertThat(worker.state()).isEqualTo(WorkerState.READY);
        worker.shutdown(LONG);
    }
}
