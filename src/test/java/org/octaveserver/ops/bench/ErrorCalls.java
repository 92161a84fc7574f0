package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Calls of a function that throws, beside one that does not. */
final class ErrorCalls implements Scenario {
    private static final String ANSWER =
            "{\"error\":{\"type\":\"matlaberror\",\"id\":\"bench:fails\",\"message\":\"it fails\","
                    + "\"stack\":[{\"file\":\"fails.m\",\"name\":\"fails\",\"line\":2}]}}";

    @Override
    public String name() {
        return "errors";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        Path body = stage.body("small", Stage.SMALL);
        Load good = stage.checked(stage.server(), "/bench/inc", body, Stage.SMALL_ANSWER);
        Load bad = stage.checked(stage.server(), "/bench/fails", body, ANSWER);
        stage.warmUp(good.at(8));
        return List.of(
                Pair.warmed(stage, bad.at(8), good.at(8)).rates("call that throws, 8 connections", "small call"));
    }
}
