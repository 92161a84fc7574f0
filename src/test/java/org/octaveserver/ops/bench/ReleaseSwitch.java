package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** New versions of a bundle are deployed while it is called. */
final class ReleaseSwitch implements Scenario {
    @Override
    public String name() {
        return "switch";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        Duration time = stage.options().round().multipliedBy(3);
        try (MeasuredServer server = stage.startServer(Map.of())) {
            Load load = stage.checked(server, "/bench/inc", stage.body("small", Stage.SMALL), Stage.SMALL_ANSWER)
                    .at(8);
            stage.wrk().run(load, stage.options().warmUp());
            WrkResult quiet = stage.wrk().run(load, time);
            Wrk.Running running = stage.wrk().start(load, time);
            Thread.sleep(time.toMillis() / 4);
            server.deploy(Stage.bundle("bench", "1.1.0"));
            WrkResult switched = running.result();
            return List.of(Row.of(
                            "small call, 8 connections, release switch meanwhile, p99",
                            Row.time(switched.p99()) + ", " + Faults.of(List.of(switched)),
                            "without: " + Row.time(quiet.p99()),
                            switched.p99() / quiet.p99())
                    .goal("no failed call", switched.isClean()));
        }
    }
}
