package org.octaveserver.ops.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A store with 100,000 finished jobs beside one with as many as a page shows, or, for the start, with none. */
final class KeptJobs {
    private static final int MANY = 100_000;
    private static final int PAGE = 50;
    private static final String LIST = "/api/v1/jobs?limit=" + PAGE;
    private static final double MOST_READING = 20_000;
    private static final double MOST_STARTING = 1e6;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int REQUESTS = 50;

    private KeptJobs() {}

    /**
     * A server and jobs of it.
     *
     * @param up the path of its asynchronous requests
     */
    private record Store(JobRequests requests, String up, List<UUID> ids, Random random) {
        private String any() {
            return ids.get(random.nextInt(ids.size())).toString();
        }

        double list() throws IOException, InterruptedException {
            return requests.time(LIST);
        }

        double one() throws IOException, InterruptedException {
            return requests.time("/api/v1/jobs/" + any());
        }

        double info() throws IOException, InterruptedException {
            return requests.time(up + "/" + any() + "/info");
        }
    }

    /** A request about jobs. */
    private interface Reading {
        double once(Store store) throws IOException, InterruptedException;
    }

    static List<Row> measure(Stage stage) throws IOException, InterruptedException {
        MeasuredServer empty = stage.startServer(Map.of());
        empty.close();
        MeasuredServer full = stage.startServer(Map.of());
        JsonNode finished;
        try (full) {
            finished = finished(full);
        }
        List<UUID> ids = full.jobs().copy(UUID.fromString(finished.path("id").asText()), MANY - 1);
        List<Row> rows = new ArrayList<>();
        rows.add(starts(stage, full, empty));
        try (MeasuredServer many = full.again(stage.options());
                MeasuredServer few = empty.again(stage.options())) {
            Store large = new Store(new JobRequests(many), finished.path("up").asText(), ids, new Random(1));
            rows.addAll(readings(stage, large, page(few)));
        }
        return rows;
    }

    private static JsonNode finished(MeasuredServer server) throws IOException, InterruptedException {
        JobRequests requests = new JobRequests(server);
        JsonNode submitted = requests.submit("/bench/inc", Stage.SMALL);
        requests.awaitAll(LIMIT);
        return submitted;
    }

    private static Store page(MeasuredServer server) throws IOException, InterruptedException {
        String up = finished(server).path("up").asText();
        JobRequests requests = new JobRequests(server);
        requests.submit("/bench/inc", Stage.SMALL, PAGE - 1, 1);
        requests.awaitAll(LIMIT);
        List<UUID> ids = new ArrayList<>();
        for (JsonNode job : requests.get(LIST).path("jobs")) {
            ids.add(UUID.fromString(job.path("id").asText()));
        }
        return new Store(requests, up, ids, new Random(1));
    }

    private static Row starts(Stage stage, MeasuredServer full, MeasuredServer empty)
            throws IOException, InterruptedException {
        List<List<Double>> times = Rounds.of(
                stage.options().quick() ? 1 : 3,
                List.<Rounds.Kind<Double>>of(() -> start(stage, full, PAGE), () -> start(stage, empty, 0)));
        double many = Rounds.median(times.get(0), Double::doubleValue);
        double none = Rounds.median(times.get(1), Double::doubleValue);
        return Row.of(
                        "start to the first answered list of jobs, 100,000 kept",
                        Row.time(many),
                        "none kept: " + Row.time(none),
                        many / none)
                .goal("at most 1 s more", many - none <= MOST_STARTING);
    }

    private static double start(Stage stage, MeasuredServer stopped, int listed)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (MeasuredServer server = stopped.again(stage.options())) {
            int found = new JobRequests(server).get(LIST).path("jobs").size();
            double micros = (System.nanoTime() - begin) / 1e3;
            if (found != listed) {
                throw new IOException(LIST + " has shown " + found + " jobs, not " + listed);
            }
            return micros;
        }
    }

    private static List<Row> readings(Stage stage, Store many, Store few) throws IOException, InterruptedException {
        return List.of(
                reading(stage, "list of 50 jobs (/api/v1/jobs?limit=50), median", Store::list, many, few),
                reading(stage, "one job (/api/v1/jobs/ID), median", Store::one, many, few),
                reading(
                        stage,
                        "one request as MPS has it (/~INSTANCE/requests/ID/info), median",
                        Store::info,
                        many,
                        few));
    }

    private static Row reading(Stage stage, String what, Reading reading, Store many, Store few)
            throws IOException, InterruptedException {
        double unused = reading(reading, many) + reading(reading, few);
        List<List<Double>> times = Rounds.of(
                stage.options().rounds(),
                List.<Rounds.Kind<Double>>of(() -> reading(reading, many), () -> reading(reading, few)));
        double ofMany = Rounds.median(times.get(0), Double::doubleValue);
        double ofFew = Rounds.median(times.get(1), Double::doubleValue);
        return Row.of(what + ", 100,000 kept", Row.time(ofMany), "50 kept: " + Row.time(ofFew), ofMany / ofFew)
                .goal("under 20 ms", ofMany < MOST_READING);
    }

    /** The median of some requests. */
    private static double reading(Reading reading, Store store) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            times.add(reading.once(store));
        }
        return Rounds.median(times, Double::doubleValue);
    }
}
