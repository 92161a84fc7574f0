package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A function that computes for 20 ms, with two workers beside one. */
final class MoreWorkers implements Scenario {
    private static final double LEAST_GAIN = 1.7;
    private static final int CONNECTIONS = 4;
    private static final String WORK = "{\"nargout\":1,\"rhs\":[0.02]}";
    private static final String ANSWER = "{\"lhs\":[{\"mwdata\":[0.02],\"mwsize\":[1,1],\"mwtype\":\"double\"}]}";

    @Override
    public String name() {
        return "workers";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        Path body = stage.body("work", WORK);
        try (MeasuredServer one = stage.startServer(Map.of("ops.pool.max-workers", "1"));
                MeasuredServer two = stage.startServer(Map.of("ops.pool.max-workers", "2"))) {
            Load alone = stage.checked(one, "/bench/works", body, ANSWER).at(CONNECTIONS);
            Load both = stage.checked(two, "/bench/works", body, ANSWER).at(CONNECTIONS);
            WrkResult unused = stage.wrk().run(alone, stage.options().warmUp());
            Pair pair = Pair.warmed(stage, both, alone);
            double gain =
                    Rounds.median(pair.one(), WrkResult::perSecond) / Rounds.median(pair.other(), WrkResult::perSecond);
            return List.of(pair.rates("function of 20 ms processor time, 2 workers", "1 worker")
                    .goal("at least 1.7", gain >= LEAST_GAIN));
        }
    }
}
