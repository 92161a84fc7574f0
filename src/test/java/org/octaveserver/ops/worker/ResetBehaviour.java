package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.value.CellArray;

/** What a call leaves behind for the next one in the same worker, and what it does not; the same in each implementation. */
abstract class ResetBehaviour extends OnWorkers {
    static final Duration STOP = Duration.ofSeconds(3);

    ResetBehaviour(Launching.Kind kind) {
        super(kind);
    }

    final Launching withFunctions(String mess, String look) {
        return launching()
                .with("mess", "function mess ()\n  " + mess + ";\nendfunction\n")
                .with("look", "function r = look ()\n  r = " + look + ";\nendfunction\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "cd ('/')|pwd ()",
                "addpath ('/tmp')|path ()",
                "fopen ('/etc/passwd')|fopen ('all')",
                "figure ('visible', 'off')|get (0, 'children')",
                "figure ('handlevisibility', 'off')|allchild (0)",
                "set (figure (), 'deletefcn', 'figure (77)')|allchild (0)",
                "set (figure (), 'deletefcn', @(varargin) cd ('/'))|pwd ()",
                "addlistener (figure (), 'beingdeleted', @(varargin) cd ('/'))|pwd ()",
                "set (figure (), 'closerequestfcn', @(varargin) addpath ('/tmp'))|path ()",
                "set (axes (), 'deletefcn', @(varargin) fopen ('/etc/passwd'))|fopen ('all')",
                "set (0, 'defaultfigurecreatefcn', @(varargin) cd ('/'))|{figure(), pwd()}(2)",
                "set (0, 'defaultfigurevisible', 'on', 'defaultlinelinewidth', 3)|get (0, 'default')",
                "eval ('function r = look (), r = 1; endfunction')|2",
                "warning ('off', 'all')|warning ()",
                "warning ('error', 'Octave:some-id')|warning ('query', 'Octave:some-id')",
                "error ('some:id', 'an error')|{lasterr(), lasterror().identifier}",
                "warning ('some:id', 'a warning')|nthargout (1:2, @lastwarn)",
                "more on|page_screen_output ()",
                "page_output_immediately (false)|page_output_immediately ()",
                "output_precision (12)|output_precision ()",
                "format long|{nthargout(1:3, @format), output_precision(), disp(pi)}",
                "format compact|nthargout (1:3, @format)",
                "format ('short', 'uppercase')|nthargout (1:3, @format)",
                "format hex|disp (pi)",
                "beep_on_error (true)|beep_on_error ()",
                "debug_on_error (true)|debug_on_error ()",
                "debug_on_warning (true)|debug_on_warning ()",
                "crash_dumps_octave_core (true)|crash_dumps_octave_core ()",
                "max_recursion_depth (17)|max_recursion_depth ()",
            })
    void isUndone(String mess, String look) {
        Worker worker = withFunctions(mess, look).launch();
        var before = WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "look", 1));

        WorkerBehaviour.call(worker, "mess", 0);

        assertThat(WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "look", 1)))
                .isEqualTo(before);
        worker.shutdown(STOP);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "global g; g = 7|seen ()",
                "setenv ('OPS_TEST_LEFT', 'x')|getenv ('OPS_TEST_LEFT')",
                "rand ('state', 1)|rand ('state')",
            })
    void livesOn(String mess, String look) {
        Worker worker = withFunctions(mess, look)
                .with("seen", "function r = seen ()\n  global g; r = g;\nendfunction\n")
                .launch();
        var before = WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "look", 1));

        WorkerBehaviour.call(worker, "mess", 0);

        assertThat(WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "look", 1)))
                .isNotEqualTo(before);
        worker.shutdown(STOP);
    }

    @ParameterizedTest
    @CsvSource({"rand,KEEP", "rand,RESEED", "randn,RESEED", "rande,RESEED", "randg,RESEED", "randp,RESEED"})
    void randomStreamsGoOnOrBeginAnewAsIsSet(String generator, RandomStreams streams) {
        String numbers = generator.equals("randg") || generator.equals("randp")
                ? generator + " (50, 1, 9)"
                : generator + " (1, 9)";
        Launching.TestSettings settings =
                new Launching.TestSettings(Duration.ofSeconds(30), new DataSize(1 << 20), new DataSize(1 << 20));
        Launching given = withFunctions(generator + " ('state', 1)", numbers);

        Worker worker = given.launcher(settings.random(streams)).launch(given.spec("octave-cli"));

        var first = afterTheSameState(worker);
        if (streams == RandomStreams.KEEP) {
            assertThat(afterTheSameState(worker)).isEqualTo(first);
        } else {
            assertThat(afterTheSameState(worker)).isNotEqualTo(first);
        }
        worker.shutdown(STOP);
    }

    private static Object afterTheSameState(Worker worker) {
        WorkerBehaviour.call(worker, "mess", 0);
        return WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "look", 1));
    }

    @Test
    void allGeneratorsOfTwoWorkersDiffer() {
        launching()
                .with(
                        "numbers",
                        "function r = numbers ()\n  r = {rand(1, 9), randn(1, 9), rande(1, 9), randg(50, 1, 9), randp(1e6, 1, 9)};\nendfunction\n");
        WorkerLauncher launcher = launching().launcher();
        Worker one = launcher.launch(launching().spec("octave-cli"));
        Worker other = launcher.launch(launching().spec("octave-cli"));

        var ones = WorkerBehaviour.outputs(WorkerBehaviour.call(one, "numbers", 1));
        var others = WorkerBehaviour.outputs(WorkerBehaviour.call(other, "numbers", 1));

        var cells = ((CellArray) ones.get(0)).cells();
        var otherCells = ((CellArray) others.get(0)).cells();
        assertThat(cells).hasSize(5);
        for (int i = 0; i < cells.size(); i++) {
            assertThat(cells.get(i)).isNotEqualTo(otherCells.get(i));
        }
        one.shutdown(STOP);
        other.shutdown(STOP);
    }
}
