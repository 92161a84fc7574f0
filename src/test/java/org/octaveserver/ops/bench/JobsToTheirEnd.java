package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Jobs from the first submission until the last has finished, beside the same calls made synchronously. */
final class JobsToTheirEnd {
    private static final int CLIENTS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Map<String, String> SETTINGS = Map.of("ops.pool.max-workers", "2");

    private JobsToTheirEnd() {}

    static Row measure(Stage stage) throws IOException, InterruptedException {
        int jobs = stage.options().quick() ? 300 : 2000;
        try (MeasuredServer server = stage.startServer(SETTINGS)) {
            Load calls = stage.checked(server, "/bench/inc", stage.body("small", Stage.SMALL), Stage.SMALL_ANSWER)
                    .at(CLIENTS);
            List<WrkResult> runs = new ArrayList<>();
            runs.add(stage.wrk().run(calls, stage.options().warmUp()));
            double unused = perSecond(server, jobs);
            List<List<Double>> rates = Rounds.of(
                    stage.options().rounds(), List.<Rounds.Kind<Double>>of(() -> perSecond(server, jobs), () -> {
                        WrkResult run = stage.wrk().run(calls, stage.options().round());
                        runs.add(run);
                        return run.perSecond();
                    }));
            double ended = Rounds.median(rates.get(0), Double::doubleValue);
            double called = Rounds.median(rates.get(1), Double::doubleValue);
            return Row.of(
                            "jobs from submission to their end, 8 clients, 2 workers",
                            Row.rate(ended),
                            "small call: " + Row.rate(called),
                            ended / called)
                    .failedWhen(!Faults.areNone(runs), "compared: " + Faults.of(runs));
        }
    }

    private static double perSecond(MeasuredServer server, int jobs) throws IOException, InterruptedException {
        JobRequests requests = new JobRequests(server);
        long begin = System.nanoTime();
        requests.submit("/bench/inc", Stage.SMALL, jobs, CLIENTS);
        requests.awaitAll(LIMIT);
        return jobs * 1e9 / (System.nanoTime() - begin);
    }
}
