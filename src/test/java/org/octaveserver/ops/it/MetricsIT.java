package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/metrics} in the form that MPS's own client can read, and what it says of calls. */
class MetricsIT {
    private static final List<String> NAMES = List.of(
            "matlabprodserver_up_time_seconds counter",
            "matlabprodserver_cpu_time_seconds counter",
            "matlabprodserver_memory_working_set_bytes gauge",
            "matlabprodserver_queue_time_seconds gauge",
            "matlabprodserver_requests_accepted_total counter",
            "matlabprodserver_requests_in_queue gauge",
            "matlabprodserver_requests_processing gauge",
            "matlabprodserver_requests_succeeded_total counter",
            "matlabprodserver_requests_failed_total counter",
            "matlabprodserver_requests_canceled_total counter");

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(folder, Map.of("ops.pool.max-workers", "1"));
        server.deploy(TestBundle.named("tool")
                .function("r = twice (x)", "r = 2 * x;")
                .function("throws ()", "error ('no');")
                .function("leave ()", "exit (1);")
                .function("wait_for (file)", "while (! exist (file)) pause (0.02); endwhile")
                .function("burn (s)", "t = cputime (); while (cputime () - t < s) endwhile")
                .function("count (by)", "prodserver.metrics.incrementCounter ('tool_calls', by);")
                .function("level (to)", "prodserver.metrics.setGauge ('tool_level', to);")
                .function("name_it (name)", "prodserver.metrics.setGauge (name, 1);")
                .function("r = worker ()", "r = getpid ();")
                .function(
                        "overflow ()",
                        "prodserver.metrics.incrementCounter ('tool_huge', 1e308);",
                        "prodserver.metrics.incrementCounter ('tool_huge', 1e308);")
                .function(
                        "count_and_throw ()",
                        "prodserver.metrics.incrementCounter ('tool_calls', 1);",
                        "error ('x');"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void eachMetricIsItsTypeAndItsValueAndNothingElse() {
        HttpResponse<String> response = server.get("/api/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        String[] lines = response.body().split("\n", -1);
        assertThat(lines.length).isOdd();
        for (int i = 0; i + 1 < lines.length; i += 2) {
            assertThat(lines[i]).matches("# TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge)");
            String name = lines[i].replaceAll("^# TYPE | [a-z]+$", "");
            assertThat(lines[i + 1]).matches(name + "(\\{archive=\"[^\"]+\"})? \\S+");
            Double.parseDouble(lines[i + 1].substring(lines[i + 1].lastIndexOf(' ') + 1));
        }
        assertThat(response.body().lines().filter(line -> line.startsWith("# TYPE matlab")))
                .map(line -> line.substring("# TYPE ".length()))
                .containsExactlyElementsOf(NAMES);
    }

    @Test
    void callsAreCountedByHowTheyEnded() {
        Map<String, Double> before = metrics();

        server.call("/tool/twice", 1, "[1]");
        server.callThatThrows("/tool/throws", 0, "[]");
        server.callThatFails("/tool/nothing", 404, "{\"nargout\":0,\"rhs\":[]}");
        server.callThatFails("/nothing/at_all", 404, "{\"nargout\":0,\"rhs\":[]}");
        server.callThatFails("/tool/leave", 500, "{\"nargout\":0,\"rhs\":[]}");
        server.callThatFails("/tool/twice", 400, "no call at all");

        assertThat(grown(before, "requests_succeeded_total")).isEqualTo(2);
        assertThat(grown(before, "requests_failed_total")).isEqualTo(3);
        assertThat(grown(before, "requests_accepted_total")).isEqualTo(5);
        assertThat(grown(before, "up_time_seconds")).isPositive();
        assertThat(metrics().get("matlabprodserver_memory_working_set_bytes")).isGreaterThan(20e6);
    }

    @Test
    void callsThatRunAndWaitAreSeenMeanwhile() throws Exception {
        Path gate = folder.resolve("gate");
        String body = "{\"nargout\":0,\"rhs\":[\"" + gate + "\"]}";
        List<CompletableFuture<Integer>> both = List.of(asynchronously(body), asynchronously(body));

        Awaitility.await().untilAsserted(() -> {
            assertThat(metrics().get("matlabprodserver_requests_processing")).isEqualTo(1);
            assertThat(metrics().get("matlabprodserver_requests_in_queue")).isEqualTo(1);
            assertThat(metrics().get("matlabprodserver_queue_time_seconds")).isPositive();
        });
        Files.createFile(gate);
        for (CompletableFuture<Integer> call : both) {
            assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(200);
        }
        Map<String, Double> after = metrics();
        assertThat(after.get("matlabprodserver_requests_processing")).isZero();
        assertThat(after.get("matlabprodserver_queue_time_seconds")).isZero();
    }

    private static CompletableFuture<Integer> asynchronously(String body) {
        return CompletableFuture.supplyAsync(
                () -> server.post("/tool/wait_for", body).statusCode());
    }

    @Test
    void theCpuTimeOfWorkersIsCountedAndStaysWhenTheyAreGone() {
        Map<String, Double> before = metrics();

        server.call("/tool/burn", 0, "[0.3]");
        assertThat(grown(before, "cpu_time_seconds")).isGreaterThan(0.25);
        server.callThatFails("/tool/leave", 500, "{\"nargout\":0,\"rhs\":[]}");

        assertThat(grown(before, "cpu_time_seconds")).isGreaterThan(0.25);
    }

    @Test
    void userCodeReportsMetricsOfItsOwn() {
        server.call("/tool/count", 0, "[2]");
        server.call("/tool/level", 0, "[-1.5]");
        server.call("/tool/count", 0, "[3]");
        server.callThatThrows("/tool/count_and_throw", 0, "[]");

        assertThat(server.get("/api/metrics").body()).contains("""
                        # TYPE tool_calls counter
                        tool_calls{archive="tool"} 6
                        """, """
                        # TYPE tool_level gauge
                        tool_level{archive="tool"} -1.5
                        """);
    }

    @Test
    void userCodeIsToldWhatAMetricMayBe() {
        assertThat(message("count", "\"x\"")).contains("incrementCounter: INC must be a real number");
        assertThat(message("count", "-1")).contains("INC must be a real number");
        assertThat(message("level", "{\"mwdata\":[],\"mwsize\":[0,0],\"mwtype\":\"double\"}"))
                .contains("setGauge: VALUE must be a real number");
    }

    @Test
    void nothingThatACallerChoosesCostsAWorker() {
        int worker = server.call("/tool/worker", 1, "[]").get(0).asInt();

        server.call("/tool/overflow", 0, "[]");
        for (String name : List.of("a\\n", "a\\nforged 1", "a b", "", "ops_up", "matlabprodserver_up_time_seconds")) {
            assertThat(message("name_it", "\"" + name + "\"")).contains("prodserver.metrics.setGauge: ");
        }

        assertThat(server.call("/tool/worker", 1, "[]").get(0).asInt()).isEqualTo(worker);
    }

    private static String message(String function, String value) {
        return server.callThatThrows("/tool/" + function, 0, "[" + value + "]")
                .get("message")
                .asText();
    }

    @Test
    void allOfItCanBeTurnedOff(@TempDir Path other) {
        try (TestServer without = TestServer.start(other, Map.of("ops.metrics.enabled", "false"))) {
            assertThat(without.httpError(without.get("/api/metrics"), 403)
                            .get("message")
                            .asText())
                    .startsWith("Metrics Disabled")
                    .contains("ops.metrics.enabled");
        }
    }

    private static double grown(Map<String, Double> before, String name) {
        String whole = "matlabprodserver_" + name;
        return metrics().getOrDefault(whole, Double.NaN) - before.getOrDefault(whole, Double.NaN);
    }

    /** As MPS's client reads them: every second line, a name and a number. */
    private static Map<String, Double> metrics() {
        Map<String, Double> values = new LinkedHashMap<>();
        List<String> lines = server.get("/api/metrics").body().lines().toList();
        for (int i = 1; i < lines.size(); i += 2) {
            int space = lines.get(i).lastIndexOf(' ');
            values.put(
                    lines.get(i).substring(0, space),
                    Double.valueOf(lines.get(i).substring(space + 1)));
        }
        return values;
    }
}
