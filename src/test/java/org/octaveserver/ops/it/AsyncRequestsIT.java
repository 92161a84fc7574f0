package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asynchronous requests as the clients of MATLAB Production Server make them, with real Octave. */
class AsyncRequestsIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SQUARE = "{\"nargout\":1,\"rhs\":[[[1,2,3]]],\"outputFormat\":{\"mode\":\"small\"}}";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of("ops.pool.max-workers", "2"));
        server.deploy(TestBundle.named("demo")
                .function("r = square (x)", "r = x .^ 2;")
                .function("r = fails (x)", "error ('demo:bad', 'not %d', x);")
                .function("r = ends ()", "r = 1;", "exit (3);")
                .function("r = hang ()", "r = 1;", "while (true) pause (0.01); endwhile")
                .function("r = large (n)", "r = rand (n, n);"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode submitted(String function, String query, String body) {
        HttpResponse<String> response = server.post("/demo/" + function + "?mode=async" + query, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode request = TestServer.json(response);
        assertThat(response.headers().firstValue("Location"))
                .contains(request.get("self").asText());
        return request;
    }

    private static String state(String self) {
        HttpResponse<String> response = server.get(self);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestServer.json(response).get("state").asText();
    }

    private static void await(String self, String state) {
        Awaitility.await().atMost(LONG).until(() -> state(self).equals(state));
    }

    private static HttpResponse<String> result(JsonNode request) {
        return server.get(request.get("self").asText() + "/result");
    }

    /** As a Go client and an Angular one do. */
    @Test
    void aClientPollsTheRequestItselfAndThenFetchesTheResult() {
        JsonNode request = submitted("square", "&client=Nor101", SQUARE);

        assertThat(request.get("client").asText()).isEqualTo("Nor101");
        assertThat(request.get("self").asText())
                .isEqualTo(request.get("up").asText() + "/" + request.get("id").asText());
        await(request.get("self").asText(), "READY");
        HttpResponse<String> result = result(request);

        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(result.body())
                .isEqualTo("{\"lhs\":[[[1,4,9]]]}")
                .isEqualTo(server.post("/demo/square", SQUARE).body());
        assertThat(server.sendAsAdmin("DELETE", request.get("self").asText(), BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(204);
        assertThat(result(request).statusCode()).isEqualTo(410);
    }

    /** As a MATLAB client does, which reads the state of the first element whatever the answer has. */
    @Test
    void aClientPollsTheCollectionWithTheSequenceOfTheFirstAnswer() {
        JsonNode request = submitted("square", "&client=786", SQUARE);
        String query = "?since=" + request.get("lastModifiedSeq").asText();

        for (String by : List.of("&clients=786,787", "&ids=" + request.get("id").asText())) {
            Awaitility.await().atMost(LONG).until(() -> {
                JsonNode changes = TestServer.json(server.get(request.get("up").asText() + query + by));
                return changes.get("data").get(0).get("state").asText().equals("READY");
            });
        }
        assertThat(result(request).body()).isEqualTo("{\"lhs\":[[[1,4,9]]]}");
    }

    @Test
    void theResultIsWhatTheCallWouldHaveAnswered() {
        for (String body : List.of(
                "{\"nargout\":1,\"rhs\":[[[1,2],[3,4]]]}",
                "{\"rhs\":[\"NaN\"],\"nargout\":1,\"outputFormat\":{\"mode\":\"large\",\"nanInfFormat\":\"object\"}}")) {
            for (String function : List.of("square", "fails")) {
                JsonNode request = submitted(function, "", body);
                await(request.get("self").asText(), "READY");
                assertThat(result(request).body())
                        .isEqualTo(server.post("/demo/" + function, body).body());
            }
        }
        JsonNode ends = submitted("ends", "", "{\"nargout\":1,\"rhs\":[]}");
        await(ends.get("self").asText(), "ERROR");
        HttpResponse<String> call = server.post("/demo/ends", "{\"nargout\":1,\"rhs\":[]}");
        assertThat(result(ends).statusCode()).isEqualTo(call.statusCode()).isEqualTo(500);
        assertThat(TestServer.json(result(ends)).get("error").get("messageId").asText())
                .isEqualTo("WorkerExited");
    }

    @Test
    void largeArgumentsAndResultsComeThrough() {
        JsonNode request = submitted("large", "", "{\"nargout\":1,\"rhs\":[500]}");
        await(request.get("self").asText(), "READY");

        JsonNode values = TestServer.json(result(request)).get("lhs").get(0).get("mwdata");
        JsonNode squared = submitted(
                "square",
                "",
                "{\"nargout\":1,\"rhs\":[{\"mwdata\":" + values + ",\"mwsize\":[500,500],\"mwtype\":\"double\"}]}");
        await(squared.get("self").asText(), "READY");

        assertThat(values).hasSize(250_000);
        assertThat(TestServer.json(result(squared)).get("lhs").get(0).get("mwdata"))
                .hasSize(250_000);
    }

    @Test
    void whatRunsIsCancelled() {
        JsonNode request = submitted("hang", "", "{\"nargout\":1,\"rhs\":[]}");
        String self = request.get("self").asText();
        await(self, "PROCESSING");

        assertThat(result(request).statusCode()).isEqualTo(204);
        // Without a body and without its type.
        assertThat(server.send(server.request(self + "/cancel").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(204);
        assertThat(state(self)).isEqualTo("CANCELLED");
        server.httpError(result(request), 410);
        server.httpError(server.send(server.request(self + "/cancel").POST(BodyPublishers.noBody())), 410);
        // And its worker is there for others.
        assertThat(server.call("/demo/square", 1, "[3]").get(0).asInt()).isEqualTo(9);
    }

    @Test
    void manyWithOneKeyAreOneJob() throws Exception {
        int clients = 8;
        CyclicBarrier together = new CyclicBarrier(clients);
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, clients)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                together.await();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                            return keyed("\"one \\\"key\\\"\"", SQUARE);
                        },
                        command -> new Thread(command).start()))
                .toList();
        String id = "";
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
            String its = TestServer.json(answer.get()).get("id").asText();
            assertThat(its).isEqualTo(id.isEmpty() ? its : id);
            id = its;
        }

        HttpResponse<String> other = keyed("\"one \\\"key\\\"\"", SQUARE + " ");
        String self = TestServer.json(answers.get(0).get()).get("self").asText();
        await(self, "READY");
        HttpResponse<String> again = keyed("\"one \\\"key\\\"\"", SQUARE);

        assertThat(server.httpError(other, 422).get("messageId").asText()).isEqualTo("IdempotencyKeyReused");
        assertThat(TestServer.json(again).get("state").asText()).isEqualTo("READY");
        assertThat(server.send(server.request(self).DELETE()).statusCode()).isEqualTo(204);
        assertThat(server.httpError(keyed("\"one \\\"key\\\"\"", SQUARE), 410)
                        .get("messageId")
                        .asText())
                .isEqualTo("RequestAlreadyDeleted");
    }

    private static HttpResponse<String> keyed(String key, String body) {
        return server.send(server.request("/demo/square?mode=async")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @CsvSource({
        "/demo/square?mode=later, 400, InvalidInput, mode",
        "/demo/square?mode=async&mode=sync, 400, InvalidInput, mode",
        "/demo/square?mode=async&client=%0A, 400, InvalidInput, client",
        "/demo/nothing?mode=async, 404, FunctionNotFound, nothing",
        "/nothing/square?mode=async, 404, ComponentNotFound, nothing",
        "/~x/square?mode=async, 404, ResourceNotFound, requests"
    })
    void refusesAtOnce(String path, int status, String messageId, String named) {
        JsonNode error = server.httpError(server.post(path, SQUARE), status);

        assertThat(error.get("messageId").asText()).isEqualTo(messageId);
        assertThat(error.get("message").asText()).contains(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?mode=async | {'nargout':1} | MissingRHS",
                "?mode=async | {'nargout':1,'rhs':[ | InvalidJSON",
                "?mode=async | {'nargout':1,'rhs':[1],'subscriber':7} | InvalidInput",
                "?mode=async | {'nargout':1,'rhs':[1],'subscriber':{'successUri':'nonsense'}} | InvalidInput",
                "?mode=async | {'nargout':1,'rhs':[1],'subscriber':{'successUri':'file:///etc/passwd'}} | InvalidInput",
                "?mode=async | {'nargout':1,'rhs':[1],'subscriber':{'failedUri':'http://u:p@a.example/'}} | InvalidInput",
                "?mode=sync | {'nargout':1,'rhs':[1],'subscriber':{'successUri':'http://a.example/'}} | InvalidInput"
            })
    void refusesBodies(String query, String body, String messageId) {
        JsonNode error = server.httpError(server.post("/demo/square" + query, body.replace('\'', '"')), 400);

        assertThat(error.get("messageId").asText()).isEqualTo(messageId);
    }

    @ParameterizedTest
    @CsvSource({"''", "'\"\"'", "'\"a'", "'a b'", "'a,b'", "'\"a\";x=1'", "'a\\'"})
    void refusesKeys(String key) {
        JsonNode error = server.httpError(keyed(key, SQUARE), 400);

        assertThat(error.get("message").asText()).contains("Idempotency-Key");
    }
}
