package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.FigureFormat;

/** Figures that calls leave open, with workers of both implementations. */
class FiguresIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Launching launching = new Launching(Path.of("unused"));

    private Worker launch(Launching.Kind kind) {
        launching = new Launching(folder, kind)
                .with("two", """
                        function two ()
                          figure (3, "name", "third", "paperposition", [0, 0, 4, 2], "paperunits", "inches");
                          plot (1:10);
                          title ("a title");
                          figure (1, "visible", "on");
                          plot (10:-1:1);
                        endfunction
                        """)
                .with("none", "function none ()\n  x = 1;\nendfunction\n")
                .with("fails", "function fails ()\n  plot (1:3);\n  error ('no');\nendfunction\n")
                .with("blind", """
                        function blind ()
                          plot (1:3);
                          gnuplot_binary ("true");
                        endfunction
                        """);
        return launching.launch();
    }

    @AfterEach
    void end() {
        launching.close();
    }

    private static WorkerAnswer call(Worker worker, String function, FigureFormat figures) {
        return worker.call(new CallRequest("", function, 0, List.of(), figures), Deadline.after(LONG));
    }

    @ParameterizedTest
    @EnumSource
    void drawsWhatIsLeftOpenAndNothingDrawsOn(Launching.Kind kind) throws IOException {
        Worker worker = launch(kind);

        WorkerAnswer answer = call(worker, "two", FigureFormat.PNG);

        assertThat(answer.answer()).isInstanceOf(Answer.Result.class);
        assertThat(answer.printed()).isEmpty();
        assertThat(answer.figures()).extracting(Figure::problem).containsOnly("");
        assertThat(answer.figures()).extracting(Figure::number).containsExactly(1, 3);
        Figure third = answer.figures().get(1);
        assertThat(third.name()).isEqualTo("third");
        var image = ImageIO.read(new ByteArrayInputStream(third.picture()));
        assertThat(image.getWidth()).isEqualTo(600);
        assertThat(image.getHeight()).isEqualTo(300);
        assertThat(ProcessHandle.of(worker.pid()).orElseThrow().descendants()).isEmpty();
        worker.shutdown(LONG);
    }

    @ParameterizedTest
    @EnumSource
    void drawsLines(Launching.Kind kind) {
        Worker worker = launch(kind);

        WorkerAnswer answer = call(worker, "two", FigureFormat.SVG);

        String third = new String(answer.figures().get(1).picture(), StandardCharsets.UTF_8);
        assertThat(third).contains("<svg", "width=\"288\"", "a title").endsWith("</svg>\n\n");
        worker.shutdown(LONG);
    }

    @ParameterizedTest
    @EnumSource
    void thereAreNoneUnlessSomeAreAskedForAndLeft(Launching.Kind kind) {
        Worker worker = launch(kind);

        assertThat(call(worker, "two", FigureFormat.NONE).figures()).isEmpty();
        assertThat(call(worker, "none", FigureFormat.PNG).figures()).isEmpty();
        WorkerAnswer failed = call(worker, "fails", FigureFormat.PNG);

        assertThat(failed.answer()).isInstanceOf(Answer.Failed.class);
        assertThat(failed.figures()).isEmpty();
        assertThat(call(worker, "none", FigureFormat.SVG).figures()).isEmpty();
        worker.shutdown(LONG);
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeDrawnSaysWhatIsMissing(Launching.Kind kind) {
        Worker worker = launch(kind);

        WorkerAnswer answer = call(worker, "blind", FigureFormat.PNG);

        assertThat(answer.answer()).isInstanceOf(Answer.Result.class);
        assertThat(answer.figures()).hasSize(1);
        assertThat(answer.figures().get(0).problem()).contains("install gnuplot-nox");
        assertThat(answer.figures().get(0).picture()).isEmpty();
        worker.shutdown(LONG);
    }
}
