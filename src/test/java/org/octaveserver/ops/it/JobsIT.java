package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs by OPS's own resources, with real Octave. */
class JobsIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("ops.pool.max-workers", "2"));
        server.deploy(TestBundle.named("demo")
                .function("r = succ (x)", "r = x + 1;")
                .function(
                        "r = awaits (file)",
                        "printf ('waiting\\n'); fflush (stdout);",
                        "ops.progress (0.25, 'for a file');",
                        "while (! exist (file, 'file')) pause (0.01); endwhile",
                        "printf ('there\\n');",
                        "r = 1;")
                .function("r = noisy (n)", "for i = 1:n printf ('%08d ', i); endfor", "r = n;"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String submitted(String function, String rhs) {
        HttpResponse<String> response =
                server.post("/demo/" + function + "?mode=async", "{\"nargout\":1,\"rhs\":" + rhs + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return "/api/v1/jobs/" + TestServer.json(response).get("id").asText();
    }

    private static String until(Path file) {
        return submitted("awaits", "[\"" + file + "\"]");
    }

    private static JsonNode ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestServer.json(response);
    }

    private static CompletableFuture<String> listening(String job) {
        return CompletableFuture.supplyAsync(() -> server.get(job + "/events").body());
    }

    /** The texts of output events, put together. */
    private static String output(String stream) {
        StringBuilder all = new StringBuilder();
        data(stream, "output").forEach(data -> all.append(data.get("text").asText()));
        return all.toString();
    }

    private static Stream<JsonNode> data(String stream, String event) {
        return Arrays.stream(stream.split("\n\n"))
                .filter(one -> one.startsWith("event: " + event + "\n"))
                .map(one -> TestServer.json(one.substring(one.indexOf("data: ") + "data: ".length())));
    }

    @Test
    void eventsTellHowAFunctionGoesOn() throws Exception {
        Path file = folder.resolve("go");
        String job = until(file);
        CompletableFuture<String> stream = listening(job);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> ok(server.get(job)).get("progress").get("fraction").asDouble() == 0.25);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> server.get(job + "/output").body().equals("waiting\n"));
        Files.createFile(file);
        String events = stream.get();

        assertThat(data(events, "state").map(state -> state.get("state").asText()))
                .contains("RUNNING")
                .endsWith("RETURNED");
        assertThat(data(events, "progress")
                        .map(progress -> progress.get("message").asText()))
                .contains("for a file");
        assertThat(output(events)).isEqualTo("waiting\nthere\n");
        assertThat(server.get(job + "/output").body()).isEqualTo("waiting\nthere\n");
    }

    @Test
    void aRequestWaitsUntilAJobHasFinished() throws Exception {
        Path file = folder.resolve("end");
        String job = until(file);
        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> server.get(job + "?wait=25s"));
        Awaitility.await()
                .atMost(LONG)
                .until(() -> ok(server.get(job)).get("state").asText().equals("RUNNING"));
        boolean early = waiting.isDone();
        Files.createFile(file);

        assertThat(early).isFalse();
        assertThat(ok(waiting.get()).get("state").asText()).isEqualTo("RETURNED");
        assertThat(server.get(job + "/result?format=small").body()).isEqualTo("{\"lhs\":[1]}");
        assertThat(server.send(server.request(job).DELETE()).statusCode()).isEqualTo(204);
        assertThat(server.get(job + "/result").statusCode()).isEqualTo(410);
    }

    @Test
    void listsThem() {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            jobs.add(0, submitted("succ", "[" + i + "]").substring("/api/v1/jobs/".length()));
        }

        JsonNode page = ok(server.get("/api/v1/jobs?bundle=demo&limit=2"));
        JsonNode next = ok(server.get(
                "/api/v1/jobs?bundle=demo&limit=1&cursor=" + page.get("next").asText()));

        assertThat(page.get("jobs").findValuesAsText("id")).isEqualTo(jobs.subList(0, 2));
        assertThat(next.get("jobs").findValuesAsText("id")).isEqualTo(jobs.subList(2, 3));
    }

    @Test
    void dismissesOne() {
        String job = until(folder.resolve("never"));
        Awaitility.await()
                .atMost(LONG)
                .until(() -> ok(server.get(job)).get("state").asText().equals("RUNNING"));

        JsonNode cancelled = ok(server.send(server.request(job).DELETE()));

        assertThat(cancelled.get("state").asText()).isEqualTo("CANCELLED");
        assertThat(server.send(server.request(job + "/cancel").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(410);
        assertThat(server.send(server.request(job).DELETE()).statusCode()).isEqualTo(204);
    }

    @Test
    void aSlowReaderOfEventsMissesNothing() throws Exception {
        int count = 100_000;
        String job = submitted("noisy", "[" + count + "]");
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            slow.getOutputStream()
                    .write(("GET " + job + "/events HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + server.token() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().atMost(LONG).until(() -> ok(server.get(job)).has("ended"));
            InputStream in = slow.getInputStream();
            String stream = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            String events = stream.substring(stream.indexOf("\r\n\r\n") + 4);
            assertThat(output(events)).isEqualTo(server.get(job + "/output").body());
            assertThat(output(events)).hasSize(9 * count);
        }
    }

    @Test
    void eventsGoOnWhereTheClientWas() {
        String job = submitted("noisy", "[10000]");
        Awaitility.await().atMost(LONG).until(() -> ok(server.get(job)).has("ended"));
        String whole = server.get(job + "/events").body();
        List<String> ids = Arrays.stream(whole.split("\n"))
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring("id: ".length()))
                .toList();

        String rest = server.send(server.request(job + "/events").header("Last-Event-ID", ids.get(0)))
                .body();
        HttpResponse<String> nothing =
                server.send(server.request(job + "/events").header("Last-Event-ID", ids.get(ids.size() - 1)));

        assertThat(output(whole)).hasSize(90_000).endsWith(output(rest));
        assertThat(output(rest)).hasSizeLessThan(90_000).isNotEmpty();
        assertThat(nothing.statusCode()).isEqualTo(204);
    }
}
