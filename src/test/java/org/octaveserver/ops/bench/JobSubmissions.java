package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Jobs that are on disk when they are answered, beside bare inserts. They only wait: the one that may run meanwhile rests until
 * it is cancelled.
 */
final class JobSubmissions {
    private static final int CONNECTIONS = 8;
    private static final double PER_SECOND = 3000;
    private static final double OF_BARE = 0.7;
    private static final String LONG = "{\"nargout\":1,\"rhs\":[3600]}";
    private static final String MANY = Integer.toString(100_000_000);
    private static final Map<String, String> SETTINGS = Map.of(
            "ops.jobs.max-running", "1",
            "ops.jobs.max-waiting", MANY,
            "ops.jobs.max-waiting-per-client", MANY);

    private JobSubmissions() {}

    static Row measure(Stage stage) throws IOException, InterruptedException {
        try (MeasuredServer server = stage.startServer(SETTINGS)) {
            JobRequests jobs = new JobRequests(server);
            String resting = jobs.submit("/bench/rests", LONG).path("id").asText();
            UUID waiting = UUID.fromString(
                    jobs.submit("/bench/inc", Stage.SMALL).path("id").asText());
            try (BareInserts bare =
                    new BareInserts(stage.file("bare.db"), server.jobs().size(waiting))) {
                return compared(stage, server, bare);
            } finally {
                jobs.cancel(resting);
            }
        }
    }

    private static Row compared(Stage stage, MeasuredServer server, BareInserts bare)
            throws IOException, InterruptedException {
        Load load = new Load(
                server.address(),
                List.of("/bench/inc" + JobRequests.ASYNC),
                Map.of(),
                stage.body("small", Stage.SMALL),
                CONNECTIONS);
        List<WrkResult> runs = new ArrayList<>();
        runs.add(stage.wrk().run(load, stage.options().warmUp()));
        double unused = bare.perSecond(CONNECTIONS, stage.options().round());
        Duration time = stage.options().round();
        List<List<Double>> rates = Rounds.of(
                stage.options().rounds(),
                List.<Rounds.Kind<Double>>of(
                        () -> {
                            WrkResult run = stage.wrk().run(load, time);
                            runs.add(run);
                            return run.perSecond();
                        },
                        () -> bare.perSecond(CONNECTIONS, time)));
        return row(median(rates.get(0)), median(rates.get(1))).failedWhen(!Faults.areNone(runs), Faults.of(runs));
    }

    private static double median(List<Double> rates) {
        return Rounds.median(rates, Double::doubleValue);
    }

    /** Says which of the two goals holds. */
    static Row row(double submissions, double inserts) {
        boolean many = submissions >= PER_SECOND;
        boolean nearBare = submissions >= OF_BARE * inserts;
        String which = nearBare ? "the second holds" : "neither holds";
        if (many) {
            which = nearBare ? "both hold" : "the first holds";
        }
        return Row.of(
                        "jobs submitted, 8 connections",
                        Row.rate(submissions),
                        "bare inserts, each committed, 8 threads: " + Row.rate(inserts),
                        submissions / inserts)
                .goal("at least 3,000/s, or 0.7 of the inserts: " + which, many || nearBare);
    }
}
