package org.octaveserver.ops.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Calls that have a process of their own each, beside those that share one. */
final class FreshCalls implements Scenario {
    @Override
    public String name() {
        return "fresh";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        MeasuredServer server = stage.server();
        Load warm = stage.checked(server, "/bench/inc", stage.body("small", Stage.SMALL), Stage.SMALL_ANSWER);
        Load fresh = new Load(
                warm.address(), warm.paths(), Map.of("OPS-Isolation", "fresh"), warm.body(), warm.connections());
        stage.check(server, fresh, Stage.SMALL_ANSWER);
        stage.warmUp(warm.at(Stage.workers()));
        Pair pair = Pair.warmed(stage, fresh.at(Stage.workers()), warm.at(Stage.workers()));
        String who = "small call, " + Stage.workers() + " connections";
        return List.of(pair.times(who + ", fresh, median", "warm"), pair.rates(who + ", fresh", "warm"));
    }
}
