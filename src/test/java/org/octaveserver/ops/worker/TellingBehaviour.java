package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.wire.ProgressReport;

/** What a function tells while it runs, and what it is told. */
abstract class TellingBehaviour extends OnOneWorker {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final BlockingQueue<ProgressReport> reports = new LinkedBlockingQueue<>();

    TellingBehaviour(Launching.Kind kind) {
        super(kind);
    }

    private CompletableFuture<WorkerAnswer> begin(String function, int outputs, OctaveValue... arguments) {
        return worker().begin(
                        new CallRequest("", function, outputs, List.of(arguments)), Deadline.after(LONG), reports::add);
    }

    private static WorkerAnswer end(CompletableFuture<WorkerAnswer> call) throws Exception {
        return call.get(30, TimeUnit.SECONDS);
    }

    private ProgressReport next() throws InterruptedException {
        return Objects.requireNonNull(reports.poll(20, TimeUnit.SECONDS));
    }

    private OctaveValue answer(String function) throws Exception {
        return WorkerBehaviour.outputs(end(begin(function, 1))).get(0);
    }

    /** Runs until a file is there. */
    private static String waiting(String before) {
        return "function r = waiting (file)\n  " + before
                + "\n  while (! exist (file, \"file\") && ! ops.cancelled ())\n    pause (0.01);\n  endwhile\n"
                + "  r = ops.cancelled ();\nendfunction\n";
    }

    @Test
    void progressArrivesWhileTheFunctionRuns() throws Exception {
        launching().with("waiting", waiting("ops.progress (0.25, \"%d of %d\", 1, 4); ops.progress (0.3);"));
        launch();
        Path file = folder.resolve("go");

        CompletableFuture<WorkerAnswer> call = begin("waiting", 1, CharArray.row(file.toString()));

        assertThat(next()).isEqualTo(new ProgressReport(0.25, "1 of 4"));
        assertThat(call).isNotDone();
        Files.createFile(file);
        assertThat(WorkerBehaviour.outputs(end(call))).containsExactly(LogicalArray.scalar(false));
        assertThat(reports).isEmpty();
    }

    @Test
    void whatComesTooOftenIsLeftOutButForTheFirstAndTheEnd() throws Exception {
        launching().with("often", """
                function r = often (n)
                  t = tic ();
                  for i = 1:n
                    ops.progress (i / n, "%d", i);
                  endfor
                  for i = 1:100
                    ops.progress (1);
                  endfor
                  r = toc (t);
                endfunction
                """);
        launch();
        for (int call = 0; call < 2; call++) {
            reports.clear();
            NumericArray took =
                    (NumericArray) WorkerBehaviour.outputs(end(begin("often", 1, NumericArray.scalar(20_000))))
                            .get(0);
            double seconds = took.elements().doubleAt(0);

            List<ProgressReport> all = List.copyOf(reports);
            assertThat(all.get(0)).isEqualTo(new ProgressReport(1 / 20_000.0, "1"));
            assertThat(all).contains(new ProgressReport(1, "20000"));
            assertThat(all.size()).isBetween(2, 4 + (int) (seconds / 0.1));
        }
    }

    @Test
    void whatUserCodeForgetsDoesNotSilenceIt() throws Exception {
        launching().with("forgets", """
                function forgets ()
                  ops.progress (0.1);
                  clear all;
                  ops.progress (1, "end");
                endfunction
                """);
        launch();

        Object unused = end(begin("forgets", 0));

        assertThat(reports).containsExactly(new ProgressReport(0.1, ""), new ProgressReport(1, "end"));
    }

    @Test
    void messagesAreOneLineOfValidTextWhateverTheyWere() throws Exception {
        launching().with("says", "function says (x)\n  ops.progress (0.5, x);\nendfunction\n");
        launch();

        Object first = end(begin("says", 0, CharArray.row("a\nb\u001b[2J\u0000 50% \u00fc")));
        Object second = end(begin("says", 0, CharArray.row("\u00fc".repeat(1500))));

        assertThat(first).isNotSameAs(second);
        assertThat(next().message()).isEqualTo("a b [2J  50% \u00fc");
        assertThat(next().message()).isEqualTo("\u00fc".repeat(1000));
    }

    @Test
    void aWorkerThatTellsNonsenseIsKilled() throws Exception {
        launching().with("lies", """
                function lies (x)
                  tell = ops.internal.worker_function ("progress");
                  tell (x, "a\\nb");
                  pause (20);
                endfunction
                """);
        launch();

        CompletableFuture<WorkerAnswer> call = begin("lies", 0, NumericArray.scalar(0.5));

        assertThatThrownBy(() -> end(call))
                .cause()
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKER_PROTOCOL))
                .hasMessageContaining("control characters");
        assertThat(worker().state()).isEqualTo(WorkerState.DEAD);
        assertThat(reports).isEmpty();
    }

    @Test
    void aCopyThatUserCodeMakesOfItTellsNothing() throws Exception {
        launching().with("forks", """
                function r = forks ()
                  [pid, msg] = fork ();
                  if (pid == 0)
                    ops.progress (0.5, "of the copy");
                    ops.log ("the copy goes on");
                    kill (getpid (), 9);
                  endif
                  waitpid (pid);
                  ops.progress (0.75, "of the worker");
                  r = pid > 0;
                endfunction
                """);
        launch();

        WorkerAnswer answer = end(begin("forks", 1));

        assertThat(WorkerBehaviour.outputs(answer)).containsExactly(LogicalArray.scalar(true));
        assertThat(reports).containsExactly(new ProgressReport(0.75, "of the worker"));
        assertThat(answer.printed()).contains("the copy goes on");
    }

    @Test
    void isToldThatItIsCancelledAndTheNextCallIsNot() throws Exception {
        launching()
                .with("waiting", waiting("ops.progress (0.5);"))
                .with("cancelled", "function r = cancelled ()\n  r = ops.cancelled ();\nendfunction\n")
                .with("lost", "function lost ()\n  setenv (\"HOME\", \"/nowhere\");\nendfunction\n");
        launch();
        Object unused = end(begin("lost", 0));
        for (int call = 0; call < 3; call++) {
            CompletableFuture<WorkerAnswer> running = begin("waiting", 1, CharArray.row("/nowhere/x"));
            ProgressReport begun = next();
            assertThat(begun.fraction()).isEqualTo(0.5);
            worker().askToEnd();
            worker().askToEnd();

            assertThat(WorkerBehaviour.outputs(end(running))).containsExactly(LogicalArray.scalar(true));
            assertThat(answer("cancelled")).isEqualTo(LogicalArray.scalar(false));
        }
        worker().askToEnd();
        assertThat(answer("cancelled")).as("nothing ran").isEqualTo(LogicalArray.scalar(false));
    }

    @Test
    void aLinkInThePlaceOfItsHomeLeadsNowhere() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        launching().with("moves", """
                function moves (target)
                  home = getenv ("HOME");
                  rename (home, [home, ".old"]);
                  symlink (target, home);
                  ops.progress (0.5);
                  t = tic ();
                  while (toc (t) < 0.5 && ! ops.cancelled ())
                    pause (0.01);
                  endwhile
                endfunction
                """);
        launch();

        CompletableFuture<WorkerAnswer> running = begin("moves", 0, CharArray.row(outside.toString()));
        assertThat(next().fraction()).isEqualTo(0.5);
        worker().askToEnd();
        Object unused = end(running);

        assertThat(outside).isEmptyDirectory();
        assertThat(worker().isUsable())
                .as("nobody knows what the next call would be told")
                .isFalse();
    }

    @Test
    void whatIsPrintedCanBeReadWhileItRuns() throws Exception {
        launching().with("waiting", waiting("printf (\"one\\n\"); ops.log (\"two\"); ops.progress (0.5);"));
        launch();
        Path file = folder.resolve("go");

        CompletableFuture<WorkerAnswer> call = begin("waiting", 1, CharArray.row(file.toString()));
        assertThat(next().fraction()).isEqualTo(0.5);

        Awaitility.await()
                .untilAsserted(() -> assertThat(worker().printedSoFar()).matches("one\n.*Z two\n"));
        assertThat(call).isNotDone();
        Files.createFile(file);
        assertThat(end(call).printed()).matches("one\n.*Z two\n");
    }

    @Test
    void logLinesHaveTheTimeAndStandInOrder() throws Exception {
        launching().with("logs", """
                function logs ()
                  printf ("before\\n");
                  ops.log ("50%% of %s", "it");
                  ops.log ("a 50%\\nb");
                  puts ("after\\n");
                endfunction
                """);
        launch();
        Instant begin = Instant.now();

        String[] lines = end(begin("logs", 0)).printed().split("\n");

        assertThat(lines).hasSize(4).startsWith("before").endsWith("after");
        assertThat(lines[1]).endsWith("Z 50% of it");
        assertThat(lines[2]).endsWith("Z a 50% b");
        assertThat(Instant.parse(lines[1].substring(0, lines[1].indexOf(' '))))
                .isCloseTo(begin, within(Duration.ofSeconds(20)));
    }

    @Test
    void aWaitbarTellsInsteadOfDrawing() throws Exception {
        launching().with("bars", """
                function r = bars ()
                  f = figure ();
                  h = waitbar (0, "loading", "name", "n", "createcancelbtn", "x");
                  r = ishandle (h) && isgraphics (h) && gcf () == f;
                  waitbar (1, h, "done");
                  set (h, "userdata", 3);
                  r = r && get (h, "userdata") == 3;
                  close (h);
                  r = r && ! ishandle (h);
                  waitbar (0.2);
                  addpath (tempdir ());
                endfunction
                """);
        launch();
        CallRequest request = new CallRequest("", "bars", 1, List.of(), FigureFormat.SVG);
        for (int call = 0; call < 2; call++) {
            reports.clear();
            WorkerAnswer answer = end(worker().begin(request, Deadline.after(LONG), reports::add));

            assertThat(answer.answer()).isEqualTo(new Answer.Result(List.of(LogicalArray.scalar(true))));
            assertThat(answer.figures()).hasSize(1);
            assertThat(answer.printed()).isEmpty();
            assertThat(reports).startsWith(new ProgressReport(0, "loading"), new ProgressReport(1, "done"));
        }
    }

    @Test
    void whatAWarmupTellsIsNobodys() throws Exception {
        launching().with("warm", """
                function warm ()
                  for i = 1:10
                    ops.progress (i / 10);
                    pause (0.11);
                  endfor
                endfunction
                """);
        WorkerSpec spec = launching().spec("octave-cli").warmedUp(Optional.of(new WarmupCall("warm", List.of())));
        launch(spec);

        assertThat(WorkerBehaviour.outputs(end(begin("identity", 1, NumericArray.scalar(3)))))
                .containsExactly(NumericArray.scalar(3));
        assertThat(reports).isEmpty();
    }
}
