package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Portable workers beside native ones. */
final class PortableCalls implements Scenario {
    @Override
    public String name() {
        return "portable";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        Path body = stage.body("small", Stage.SMALL);
        Load own = stage.checked(stage.server(), "/bench/inc", body, Stage.SMALL_ANSWER);
        stage.warmUp(own);
        try (MeasuredServer server = stage.startServer(Map.of("ops.worker.implementation", "portable"))) {
            Load portable = stage.checked(server, "/bench/inc", body, Stage.SMALL_ANSWER);
            return List.of(
                    Pair.warmed(stage, portable, own)
                            .times("small call, 1 connection, portable workers, median", "native"),
                    Pair.measured(stage, portable.at(8), own.at(8))
                            .rates("small call, 8 connections, portable workers", "native"));
        }
    }
}
