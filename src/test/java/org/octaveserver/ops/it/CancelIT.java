package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that somebody cancels, with workers of both implementations. */
class CancelIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final String CALL = "{\"nargout\":1,\"rhs\":[]}";
    private static final int CANCELS = 8;

    private static final Map<String, TestServer> SERVERS = new HashMap<>();

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() {
        for (String implementation : List.of("portable", "native")) {
            SERVERS.put(implementation, start(implementation));
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(TestServer::close);
    }

    private static TestServer server(String implementation) {
        return Objects.requireNonNull(SERVERS.get(implementation));
    }

    private static TestServer start(String implementation) {
        TestServer server = TestServer.start(
                folder.resolve(implementation),
                Map.of("ops.worker.implementation", implementation, "ops.pool.max-workers", "1"));
        server.deploy(TestBundle.named("slow")
                .function("r = one ()", "r = 1;")
                .function("r = hang ()", "r = 1;", "while (true) endwhile")
                .function(
                        "r = family ()",
                        "system (['sh -c \"trap \\\"\\\" TERM INT HUP; sleep 88011; sleep 88012\" & ', ...",
                        "        'sleep 88013 | cat & setsid sleep 88014 & wait']);",
                        "r = 1;"));
        return server;
    }

    private static List<JsonNode> calls(TestServer server) {
        return Stream.of(TestServer.json(server.getAsAdmin("/api/v1/calls")).get("calls"))
                .flatMap(calls ->
                        Stream.iterate(0, i -> i < calls.size(), i -> i + 1).map(calls::get))
                .toList();
    }

    private static JsonNode awaited(TestServer server, String function, String state) {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> calls(server).stream()
                                .filter(call -> call.get("function").asText().equals(function)
                                        && call.get("state").asText().equals(state))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private static CompletableFuture<HttpResponse<String>> calling(TestServer server, String function) {
        return CompletableFuture.supplyAsync(() -> server.post("/slow/" + function, CALL));
    }

    private static HttpResponse<String> cancel(TestServer server, JsonNode call) {
        return server.sendAsAdmin("DELETE", "/api/v1/calls/" + call.get("id").asText(), BodyPublishers.noBody());
    }

    @ParameterizedTest
    @ValueSource(strings = {"portable", "native"})
    void whatACancelledCallRanIsGoneWithinASecond(String implementation) throws Exception {
        TestServer server = server(implementation);
        CompletableFuture<HttpResponse<String>> answer = calling(server, "family");
        JsonNode call = awaited(server, "family", "running");
        Awaitility.await().until(() -> sleeping().size() == 3);
        long begin = System.nanoTime();

        HttpResponse<String> cancelled = cancel(server, call);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> sleeping().isEmpty()
                        && !Files.exists(Path.of("/proc", call.get("pid").asText()))
                        && zombies().isEmpty());

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
        assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
        assertThat(call.get("bundle").asText()).isEqualTo("slow@1.0.0");
        JsonNode error = server.httpError(answer.get(), 409);
        assertThat(error.get("messageId").asText()).isEqualTo("CallCancelled");
        assertThat(error.get("message").asText()).isEqualTo("the call was cancelled by admin");
        assertThat(answer.get().headers().firstValue("OPS-Request-Id"))
                .contains(call.get("id").asText());
        assertThat(server.call("/slow/one", 1, "[]").get(0).asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"portable", "native"})
    void aCallThatWaitsIsCancelledAtOnceAndTheOneThatRunsIsNot(String implementation) throws Exception {
        TestServer server = server(implementation);
        CompletableFuture<HttpResponse<String>> runs = calling(server, "hang");
        JsonNode running = awaited(server, "hang", "running");
        CompletableFuture<HttpResponse<String>> waits = calling(server, "one");

        JsonNode waiting = awaited(server, "one", "waiting");
        assertThat(waiting.has("pid")).isFalse();
        assertThat(cancel(server, waiting).statusCode()).isEqualTo(200);

        assertThat(server.httpError(waits.get(), 409).get("messageId").asText()).isEqualTo("CallCancelled");
        assertThat(cancel(server, waiting).statusCode()).isEqualTo(404);
        assertThat(calls(server)).extracting(call -> call.get("id")).containsExactly(running.get("id"));
        assertThat(runs).isNotDone();
        cancel(server, running);
        assertThat(runs.get().statusCode()).isEqualTo(409);
        assertThat(calls(server)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"portable", "native"})
    void cancellingLeavesNoDescriptorAndNoDirectoryBehind(String implementation) throws Exception {
        TestServer server = server(implementation);
        int before = 0;
        for (int i = 0; i <= CANCELS; i++) {
            CompletableFuture<HttpResponse<String>> answer = calling(server, "hang");
            cancel(server, awaited(server, "hang", "running"));
            assertThat(answer.get().statusCode()).isEqualTo(409);
            server.call("/slow/one", 1, "[]");
            before = i == 0 ? descriptors() : before;
        }
        int most = before + CANCELS / 2;
        // What a dead worker printed is awaited for some seconds.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(most));
        assertThat(zombies()).isEmpty();
        try (Stream<Path> workers = Files.list(server.home().resolve("run/workers"))) {
            assertThat(workers.count()).isLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "native")
    void onlyWhoManagesTheServerSeesCalls(String implementation) {
        TestServer server = server(implementation);
        assertThat(server.get("/api/v1/calls").statusCode()).isEqualTo(401);
        assertThat(server.send(server.request("/api/v1/calls/x").DELETE()).statusCode())
                .isEqualTo(401);
    }

    private static List<String> sleeping() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.matches("(\\S*/)?sleep 8801[1-4]"))
                .toList();
    }

    /** Among the children of this process, in which the server runs, and of theirs. */
    private static List<String> zombies() {
        return ProcessHandle.current()
                .descendants()
                .map(process -> stat(process.pid()))
                .filter(stat -> stat.matches("(?s).*\\) Z .*"))
                .collect(Collectors.toList());
    }

    private static String stat(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (IOException e) {
            return "";
        }
    }

    private static int descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
