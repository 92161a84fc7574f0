package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.OctaveFailure;

/** What a worker of each implementation does with what user code does to it. */
abstract class WorkerBehaviour extends OnWorkers {
    WorkerBehaviour(Launching.Kind kind) {
        super(kind);
    }

    static WorkerAnswer call(Worker worker, String function, int outputs, OctaveValue... arguments) {
        return call(worker, Duration.ofSeconds(20), function, outputs, arguments);
    }

    static WorkerAnswer call(Worker worker, Duration limit, String function, int outputs, OctaveValue... arguments) {
        return worker.call(new CallRequest("", function, outputs, List.of(arguments)), Deadline.after(limit));
    }

    static OctaveFailure failure(WorkerAnswer answer) {
        assertThat(answer.answer()).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer.answer()).failure();
    }

    static List<OctaveValue> outputs(WorkerAnswer answer) {
        assertThat(answer.answer()).isInstanceOf(Answer.Result.class);
        return ((Answer.Result) answer.answer()).outputs();
    }

    static ErrorCode codeOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        OpsException[] thrown = new OpsException[1];
        assertThatThrownBy(call).asInstanceOf(type(OpsException.class)).satisfies(e -> thrown[0] = e);
        return thrown[0].code();
    }

    @Test
    void refusesAnotherOctaveThanTheOneItsBundleWasBuiltFor() {
        WorkerSpec stale = new WorkerSpec("x@1", launching().runtime("octave-cli", "4.0.0"), List.of());
        assertThatThrownBy(() -> launching().launcher().launch(stale))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUNTIME_CHANGED))
                .hasMessageContaining(" (Octave 4.0.0) has become Octave ");
        Awaitility.await().untilAsserted(() -> assertThat(launching().scratch()).isEmptyDirectory());
    }

    @Test
    void answersWithTheOutputsAndWhatWasPrinted() {
        launching().with("twice", "function r = twice (x)\n  printf ('now %d\\n', x);\n  r = 2 * x;\nendfunction\n");
        Worker worker = launching().launch();

        WorkerAnswer answer = call(worker, "twice", 1, NumericArray.scalar(21));

        assertThat(outputs(answer)).containsExactly(NumericArray.scalar(42));
        assertThat(answer.printed()).isEqualTo("now 21\n");
        assertThat(worker.hello().implementation())
                .isEqualTo(launching().kind() == Launching.Kind.PORTABLE ? "portable" : "native");
        assertThat(worker.hello().pid()).isEqualTo(worker.pid());
        worker.shutdown(Duration.ofSeconds(3));
        assertThat(worker.state()).isEqualTo(WorkerState.DEAD);
    }

    @Test
    void tellsWhatAFunctionThrewWithTheFramesOfUserCodeOnly() {
        launching()
                .with(
                        "outer",
                        "function outer ()\n  inner ();\nendfunction\nfunction inner ()\n  error ('demo:bad', 'no good: %d', 7);\nendfunction\n");
        Worker worker = launching().launch();

        OctaveFailure failure = failure(call(worker, "outer", 0));

        assertThat(failure.reason()).isEqualTo(OctaveFailure.Reason.THROWN);
        assertThat(failure.identifier()).isEqualTo("demo:bad");
        assertThat(failure.message()).isEqualTo("no good: 7");
        assertThat(failure.stack())
                .extracting(OctaveFailure.StackFrame::name, OctaveFailure.StackFrame::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("outer>inner", 5),
                        org.assertj.core.groups.Tuple.tuple("outer", 2));
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void namesThePartOfAnOutputThatHasNoEncoding() {
        launching()
                .with(
                        "maps",
                        "function r = maps ()\n  r = {1, struct('m', {{2}, {3, containers.Map()}})};\nendfunction\n");
        Worker worker = launching().launch();

        OctaveFailure failure = failure(call(worker, "maps", 1));

        assertThat(failure.reason()).isEqualTo(OctaveFailure.Reason.NO_ENCODING);
        assertThat(failure.message()).isEqualTo("output 1{2}(2).m{2}: a value of class containers.Map has no encoding");
        assertThat(worker.state()).isEqualTo(WorkerState.READY);
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void reportsAFunctionThatExits() {
        launching().with("leave", "function leave ()\n  exit (3);\nendfunction\n");
        Worker worker = launching().launch();

        assertThatThrownBy(() -> call(worker, "leave", 0))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("exit status 3");
        assertThat(worker.state()).isEqualTo(WorkerState.DEAD);
    }

    @Test
    void reportsACrashWithItsSignal() {
        launching().with("crash", "function crash ()\n  kill (getpid (), 11);\n  pause (5);\nendfunction\n");
        Worker worker = launching().launch();

        assertThatThrownBy(() -> call(worker, "crash", 0))
                .asInstanceOf(type(OpsException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKER_CRASHED))
                .extracting(OpsException::getMessage)
                .asString()
                .contains("SIGSEGV");
    }

    @Test
    void killsACallAtItsDeadlineWithAllThatItStarted() {
        launching().with("hang", "function hang ()\n  system ('sleep 7654 & sleep 7654');\nendfunction\n");
        Worker worker = launching().launch();

        assertThat(codeOf(() -> call(worker, Duration.ofMillis(700), "hang", 0)))
                .isEqualTo(ErrorCode.CALL_TIMEOUT);

        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(p -> p.info().commandLine().orElse("").contains("sleep 7654")));
    }

    @Test
    void outputWithoutEndNeitherBlocksNorFillsMemory() {
        launching()
                .with(
                        "chatter",
                        "function chatter ()\n  while (true)\n    puts (repmat ('x', 1, 10000));\n  endwhile\nendfunction\n");
        Worker worker = launching().launch();

        assertThat(codeOf(() -> call(worker, Duration.ofSeconds(1), "chatter", 0)))
                .isEqualTo(ErrorCode.CALL_TIMEOUT);
    }

    @Test
    void keepsOutputUpToItsLimitAndAnswers() {
        launching()
                .with(
                        "chatter",
                        "function chatter ()\n  for i = 1:300\n    puts (repmat ('x', 1, 10000));\n  endfor\nendfunction\n");
        Worker worker = launching().launch();

        WorkerAnswer answer = call(worker, "chatter", 0);

        assertThat(answer.printed())
                .isEqualTo(
                        "x".repeat(1 << 20) + "\n... what follows was not kept (setting ops.worker.max-output) ...\n");
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void inputFailsInsteadOfEatingFrames() {
        launching().with("ask", "function r = ask ()\n  r = input ('your name? ', 's');\nendfunction\n");
        Worker worker = launching().launch();

        assertThat(failure(call(worker, "ask", 1)).message()).contains("input");
        assertThat(outputs(call(worker, "identity", 1, CharArray.row("still here"))))
                .hasSize(1);
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void outputOfAnotherProgramBelongsToTheCallToo() {
        launching()
                .with(
                        "shell",
                        "function shell ()\n  printf ('one '); fflush (stdout); system ('printf two');\n  fputs (stderr, ' three');\nendfunction\n");
        Worker worker = launching().launch();

        assertThat(call(worker, "shell", 0).printed()).isEqualTo("one two three");
        assertThat(call(worker, "identity", 0).printed()).isEmpty();
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void undoesWhatACallLeavesBehind() {
        launching()
                .with(
                        "mess",
                        "function mess ()\n  cd ('/'); addpath ('/tmp'); fopen ('/etc/passwd'); fopen ('/etc/group'); warning ('off', 'all');\nendfunction\n")
                .with(
                        "look",
                        "function [d, p, n, w] = look ()\n  d = pwd (); p = path (); n = numel (fopen ('all')); w = warning ('query', 'x').state;\nendfunction\n");
        Worker worker = launching().launch();
        List<OctaveValue> before = outputs(call(worker, "look", 4));

        call(worker, "mess", 0);

        assertThat(outputs(call(worker, "look", 4))).isEqualTo(before);
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void persistentVariablesLiveOn() {
        launching().with("counter", "function r = counter ()\n  persistent n = 0;\n  r = ++n;\nendfunction\n");
        Worker worker = launching().launch();

        call(worker, "counter", 1);

        assertThat(outputs(call(worker, "counter", 1))).containsExactly(NumericArray.scalar(2));
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void survivesClearAll() {
        launching().with("wipe", "function wipe ()\n  clear all;\n  clear functions;\nendfunction\n");
        Worker worker = launching().launch();

        call(worker, "wipe", 0);

        assertThat(outputs(call(worker, "identity", 1, NumericArray.scalar(1)))).hasSize(1);
        worker.shutdown(Duration.ofSeconds(3));
    }

    @Test
    void anAnswerLargerThanAllowedNamesTheSetting() {
        launching().with("large", "function r = large ()\n  r = zeros (1000, 1000);\nendfunction\n");
        WorkerSettings small =
                new Launching.TestSettings(Duration.ofSeconds(30), new DataSize(1 << 20), new DataSize(1 << 10));
        Worker worker = launching().launcher(small).launch(launching().spec("octave-cli"));

        assertThatThrownBy(() -> call(worker, "large", 1))
                .hasMessageContaining("8000028 bytes")
                .hasMessageContaining("ops.worker.max-message-size");
    }

    @Test
    void aMissingOctaveIsReportedWithWhatToInstall() {
        assertThatThrownBy(() -> launching().launcher().launch(launching().spec("/nonexistent/octave-cli")))
                .asInstanceOf(type(OpsException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKER_START_FAILED));
    }

    @Test
    void aStartThatHangsIsKilledAtItsTimeout() throws IOException {
        WorkerSettings hasty =
                new Launching.TestSettings(Duration.ofMillis(300), new DataSize(1 << 20), new DataSize(1 << 10));
        Files.createDirectories(launching().loadPath());
        Files.writeString(launching().loadPath().resolve("PKG_ADD"), "pause (60);\n");

        assertThatThrownBy(() -> launching().launcher(hasty).launch(launching().spec("octave-cli")))
                .hasMessageContaining("ops.worker.start-timeout");
    }
}
