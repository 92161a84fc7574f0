package org.octaveserver.ops.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Calls that go to two bundles in turn, beside such to one of them. */
final class TwoBundles implements Scenario {
    @Override
    public String name() {
        return "bundles";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        try (MeasuredServer server = stage.startServer(Map.of())) {
            server.deploy(Stage.bundle("other", "1.0.0"));
            Load one = stage.checked(server, "/bench/inc", stage.body("small", Stage.SMALL), Stage.SMALL_ANSWER)
                    .at(8);
            Load two = new Load(one.address(), List.of("/bench/inc", "/other/inc"), Map.of(), one.body(), 8);
            stage.check(server, two, Stage.SMALL_ANSWER);
            WrkResult unused = stage.wrk().run(one, stage.options().warmUp());
            return List.of(Pair.warmed(stage, two, one)
                    .rates("small calls of two bundles in turn, 8 connections", "one bundle"));
        }
    }
}
