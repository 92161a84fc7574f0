package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Jobs that clients submit, watch, cancel and delete while servers are killed under them, and what must have become of each
 * of them in the end. The functions write down that they have run.
 */
final class JobsUnderFire {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PARTS = 100;
    private static final String OPEN = "/api/v1/jobs?state=QUEUED,CLAIMED,RUNNING&limit=500";

    private final Path folder;
    private final IntFunction<TestServer> servers;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Sent> accepted = new ConcurrentHashMap<>();
    private final Set<String> perhapsDeleted = ConcurrentHashMap.newKeySet();
    private final Set<String> perhapsCancelled = ConcurrentHashMap.newKeySet();

    /** What was submitted under an id. */
    private record Sent(int number, String function) {}

    /**
     * Begins with nothing.
     *
     * @param folder where functions write down that they have run
     * @param servers one that is there now, for a client
     */
    JobsUnderFire(Path folder, IntFunction<TestServer> servers) {
        this.folder = folder;
        this.servers = servers;
    }

    /** Functions that must not run twice, that may, and one with large arguments and results. */
    TestBundle bundle() {
        return TestBundle.named("fire", "1.0.0", ",\"jobs\":{\"idempotent\":[\"again\",\"large\"]}")
                .function("n = once (n)", note("once"), "pause (0.02 * rand ());")
                .function("n = again (n)", "ops.progress (0.5);", note("again"), "pause (0.02 * rand ());")
                .function("x = large (n, x)", note("large"), "printf (\"%s\", repmat (\"o\", 1, 20000));", "x(1) = n;");
    }

    private String note(String function) {
        return "fid = fopen ('" + ran(function) + "', 'a'); fprintf (fid, \"%d\\n\", n); fclose (fid);";
    }

    private Path ran(String function) {
        return folder.resolve("ran-" + function);
    }

    int accepted() {
        return accepted.size();
    }

    /** One client, until so many jobs were submitted by all. */
    Void work(int client, int jobs) {
        Random random = new Random(client);
        int number = numbers.incrementAndGet();
        while (number <= jobs) {
            String id = submit(client, number, random);
            int dice = random.nextInt(PARTS);
            if (dice < 12) {
                cancel(client, id);
            } else if (dice < 30) {
                delete(
                        client,
                        accepted.keySet().stream()
                                .skip(random.nextInt(accepted.size()))
                                .findFirst()
                                .orElse(id));
            } else if (dice < 45) {
                // Slow clients, too.
                attempt(client, "GET", "/api/v1/jobs/" + id + "?wait=1s", "", "");
            }
            number = numbers.incrementAndGet();
        }
        return null;
    }

    private String submit(int client, int number, Random random) {
        String function = List.of("once", "again", "large").get(random.nextInt(3));
        String more = function.equals("large") ? ",[" + "0,".repeat(4000) + "0]" : "";
        String body = "{\"nargout\":1,\"rhs\":[" + number + more + "],\"outputFormat\":{\"mode\":\"small\"}}";
        String path = "/fire/" + function + "?mode=async&client=c" + client;
        HttpResponse<String> response = untilAnswered(client, path, body, "\"fire-" + number + "\"");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        String id = TestServer.json(response).get("id").asText();
        Sent before = accepted.put(id, new Sent(number, function));
        assertThat(before).isNull();
        return id;
    }

    /** With its key, so that nobody needs to know whether it was accepted the last time. */
    private HttpResponse<String> untilAnswered(int client, String path, String body, String key) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            HttpResponse<String> response = attempt(client, "POST", path, body, key);
            if (response != null && response.statusCode() != 503) {
                return response;
            }
            pause();
        }
        throw new AssertionError("no server has taken a job for " + PATIENCE);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Null when the server was killed meanwhile. */
    private @org.jspecify.annotations.Nullable HttpResponse<String> attempt(
            int client, String method, String path, String body, String key) {
        try {
            TestServer server = servers.apply(client);
            var request = server.request(path)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body));
            if (!key.isEmpty()) {
                request.header("Idempotency-Key", key);
            }
            return server.send(request);
        } catch (java.io.UncheckedIOException e) {
            return null;
        }
    }

    private void cancel(int client, String id) {
        perhapsCancelled.add(id);
        HttpResponse<String> response = attempt(client, "POST", "/api/v1/jobs/" + id + "/cancel", "", "");
        if (response != null) {
            assertThat(response.statusCode()).as(response.body()).isIn(200, 409, 410, 503);
        }
    }

    private void delete(int client, String id) {
        HttpResponse<String> found = attempt(client, "GET", "/api/v1/jobs/" + id, "", "");
        if (found != null && found.statusCode() == 200 && finished(TestServer.json(found))) {
            perhapsDeleted.add(id);
            HttpResponse<String> response = attempt(client, "DELETE", "/api/v1/jobs/" + id, "", "");
            if (response != null) {
                assertThat(response.statusCode()).as(response.body()).isIn(204, 410, 503);
            }
        }
    }

    private static boolean finished(JsonNode job) {
        return Set.of("RETURNED", "THREW", "ERROR", "CANCELLED")
                .contains(job.get("state").asText());
    }

    /** Waits until nothing is to be done, and looks at what became of everything. */
    Map<String, Integer> account() throws IOException {
        TestServer server = servers.apply(0);
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(
                                TestServer.json(server.getAsAdmin(OPEN)).get("jobs"))
                        .isEmpty());
        Map<String, Integer> runs = new HashMap<>();
        for (String function : List.of("once", "again", "large")) {
            runs(function).forEach((number, count) -> runs.put(function + number, count));
        }
        assertThat(runs("once").values()).as("runs of what must run once").allMatch(count -> count == 1);
        Map<String, Integer> outcomes = new HashMap<>();
        for (Map.Entry<String, Sent> one : accepted.entrySet()) {
            Sent sent = one.getValue();
            int ran = runs.getOrDefault(sent.function() + sent.number(), 0);
            outcomes.merge(sent.function() + " " + outcome(server, one.getKey(), sent, ran), 1, Integer::sum);
        }
        assertThat(listed(server)).as("jobs that nobody was told of").allMatch(accepted::containsKey);
        return outcomes;
    }

    private String outcome(TestServer server, String id, Sent sent, int ran) {
        HttpResponse<String> response = server.getAsAdmin("/api/v1/jobs/" + id);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode job = TestServer.json(response);
        String state = job.get("state").asText();
        switch (state) {
            case "RETURNED" -> {
                assertThat(ran).as(response.body()).isPositive();
                String result = server.getAsAdmin("/api/v1/jobs/" + id + "/result?format=small")
                        .body();
                assertThat(result).as(id).startsWith(expected(sent));
            }
            case "ERROR" -> {
                assertThat(sent.function()).as(response.body()).isEqualTo("once");
                assertThat(job.get("problem").get("code").asText()).isEqualTo("JOB_INTERRUPTED");
            }
            case "DELETED" -> assertThat(perhapsDeleted).as(response.body()).contains(id);
            default -> {
                assertThat(state).as(response.body()).isEqualTo("CANCELLED");
                assertThat(perhapsCancelled).contains(id);
            }
        }
        return state;
    }

    private static String expected(Sent sent) {
        return sent.function().equals("large")
                ? "{\"lhs\":[[[" + sent.number() + ",0,0"
                : "{\"lhs\":[" + sent.number() + "]}";
    }

    /** How often a function ran for each number. */
    private Map<Integer, Integer> runs(String function) throws IOException {
        Map<Integer, Integer> runs = new HashMap<>();
        if (Files.exists(ran(function))) {
            Files.readAllLines(ran(function)).forEach(line -> runs.merge(Integer.parseInt(line), 1, Integer::sum));
        }
        return runs;
    }

    private static List<String> listed(TestServer server) {
        List<String> ids = new ArrayList<>();
        String path = "/api/v1/jobs?limit=500";
        while (!path.isEmpty()) {
            JsonNode page = TestServer.json(server.getAsAdmin(path));
            page.get("jobs").forEach(job -> ids.add(job.get("id").asText()));
            path = page.has("next")
                    ? "/api/v1/jobs?limit=500&cursor=" + page.get("next").asText()
                    : "";
        }
        return ids;
    }

    /** Deletes what is left: no file may be, then. */
    void leaveNothing(Path payloads) {
        TestServer server = servers.apply(0);
        listed(server)
                .forEach(id -> assertThat(server.sendAsAdmin("DELETE", "/api/v1/jobs/" + id, BodyPublishers.noBody())
                                .statusCode())
                        .isEqualTo(204));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(names(payloads)).isEmpty());
    }

    private static List<Path> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
