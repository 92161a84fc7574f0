package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.wire.CallRequest;

/** What calls print, and the programs that they start, on a worker of each implementation. */
abstract class PrintedBehaviour extends OnWorkers {
    private static final int LINES = 100_000;
    private static final int EACH_BY_A_PROGRAM = 10_000;
    private static final DataSize MORE_THAN_IT_PRINTS = new DataSize(16 << 20);
    private static final Duration LONG = Duration.ofSeconds(60);

    PrintedBehaviour(Launching.Kind kind) {
        super(kind);
    }

    private static String printed(Worker worker, String function, int argument) {
        return worker.call(
                        new CallRequest("", function, 0, List.of(NumericArray.scalar(argument))), Deadline.after(LONG))
                .printed();
    }

    @Test
    void tenMegabytesAreWholeAndInOrder() {
        launching().with("prints", """
                function prints (count)
                  for i = 1:count
                    if (mod (i, 10000) == 0)
                      system (sprintf ("printf '%%0100d\\\\n' %d", i));
                    elseif (mod (i, 3) == 0)
                      fprintf (stderr, "%0100d\\n", i);
                    elseif (mod (i, 3) == 1)
                      printf ("%0100d\\n", i);
                    else
                      disp (sprintf ("%0100d", i));
                    endif
                  endfor
                endfunction
                """);
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= LINES; i++) {
            expected.append(String.format("%0100d\n", i));
        }
        assertThat(LINES % EACH_BY_A_PROGRAM).isZero();
        Worker worker = launching()
                .launcher(new Launching.TestSettings(LONG, MORE_THAN_IT_PRINTS, MORE_THAN_IT_PRINTS))
                .launch(launching().spec("octave-cli"));
        for (int call = 0; call < 2; call++) {
            assertThat(printed(worker, "prints", LINES).equals(expected.toString()))
                    .as("all of it, call " + call)
                    .isTrue();
        }
        worker.shutdown(LONG);
    }

    /** The next call gets another worker where need be, as from the pool. */
    @Test
    void whatProgramsPrintThatACallLeftRunningAppearsInNoOther() {
        launching().with("leaves", """
                function leaves (number)
                  if (mod (number, 4) == 3)
                    system (sprintf ("(exec 3>&1 >/dev/null 2>&1; for i in 1 2 3 4 5 6 7 8 9; do echo %d >&3; sleep 0.05; done) &", number));
                  elseif (mod (number, 3) == 0)
                    system (sprintf ("(for i in 1 2 3 4 5 6 7 8 9; do echo %d; sleep 0.05; done) &", number));
                  elseif (mod (number, 3) == 1)
                    system (sprintf ("setsid sh -c 'for i in 1 2 3 4 5 6 7 8 9; do echo %d >&2; sleep 0.05; done' &", number));
                  endif
                  for i = 1:5
                    printf ("%d\\n", number);
                    pause (0.02);
                  endfor
                endfunction
                """);
        Random random = new Random(1);
        WorkerLauncher launcher = launching().launcher();
        WorkerSpec spec = launching().spec("octave-cli");
        Worker worker = launcher.launch(spec);
        for (int number = 0; number < 24; number++) {
            int chosen = 3 * number + random.nextInt(3);
            // Its own programs print at the same time, so that lines may be mixed with one another.
            assertThat(printed(worker, "leaves", chosen).replaceAll("\\s", "")).matches("(" + chosen + ")+");
            if (!worker.isUsable()) {
                worker.shutdown(LONG);
                worker = launcher.launch(spec);
            }
        }
        worker.shutdown(LONG);
    }
}
