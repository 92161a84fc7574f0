package org.octaveserver.ops.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases over HTTP: many changes at once, versions side by side, going back. */
class ReleasesIT {
    private static final String NOTHING = "{\"nargout\":1,\"rhs\":[]}";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        try (Stream<Path> left = Files.list(server.home().resolve("bundles/incoming"))) {
            assertThat(left).isEmpty();
        }
        server.close();
    }

    private static byte[] bundle(String name, String version) {
        return TestBundle.named(name, version, "")
                .function("r = f ()", "r = \"" + name + " " + version + "\";")
                .zip();
    }

    /** Asks for a release with files, the changes after them. */
    private HttpResponse<String> release(String query, String ifMatch, Map<String, byte[]> files, String changes) {
        return new Releasing(server).ask(query, ifMatch, files, changes);
    }

    private HttpResponse<String> release(String query, String ifMatch, String changes) {
        return new Releasing(server).ask(query, ifMatch, changes);
    }

    private HttpResponse<String> send(String query, String ifMatch, String type, byte[] body) {
        return new Releasing(server).send(query, ifMatch, type, BodyPublishers.ofByteArray(body));
    }

    private JsonNode made(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return TestServer.json(response);
    }

    private String answer(String bundle) {
        return server.call("/" + bundle + "/f", 1, "[]").get(0).asText();
    }

    private void deployTwo() {
        made(
                release(
                        "",
                        "*",
                        Map.of("a.zip", bundle("a", "1.0.0"), "b.zip", bundle("b", "1.0.0")),
                        "{\"reason\":\"both\",\"changes\":[{\"deploy\":\"a.zip\"},{\"deploy\":\"b.zip\"}]}"),
                201);
    }

    @Test
    void manyBundlesBecomeOneRelease() {
        HttpResponse<String> response = release(
                "",
                "*",
                Map.of("a.zip", bundle("a", "1.0.0"), "b.zip", bundle("b", "2.0.0")),
                "{\"reason\":\"both\",\"changes\":[{\"deploy\":\"a.zip\"},{\"deploy\":\"b.zip\"}]}");

        JsonNode made = made(response, 201);
        assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(made.get("number").asInt()).isEqualTo(1);
        assertThat(made.get("previous").asInt()).isZero();
        assertThat(made.get("changes")).hasSize(2);
        JsonNode version = made.at("/bundles/1/versions/0");
        assertThat(made.at("/bundles/1/name").asText()).isEqualTo("b");
        assertThat(version.get("version").asText()).isEqualTo("2.0.0");
        assertThat(version.get("default").asBoolean()).isTrue();
        assertThat(version.get("exports").get(0).asText()).isEqualTo("f");
        assertThat(version.get("digest").asText()).hasSize(64);
        assertThat(answer("a")).isEqualTo("a 1.0.0");
        assertThat(answer("b")).isEqualTo("b 2.0.0");
    }

    @Test
    void oneBadFileChangesNothingAndEachIsNamed() {
        deployTwo();
        byte[] bad = TestBundle.named("b", "2.0.0", "")
                .file("f.m", "function r = f ()\n  r = (1;\nendfunction\n")
                .zip();

        JsonNode problem = made(
                release(
                        "",
                        "*",
                        Map.of("a.zip", bundle("a", "2.0.0"), "b.zip", bad, "c.zip", "no zip".getBytes(UTF_8)),
                        "{\"changes\":[{\"deploy\":\"a.zip\"},{\"deploy\":\"b.zip\"},{\"deploy\":\"c.zip\"}]}"),
                400);

        assertThat(problem.get("detail").asText())
                .contains("b.zip")
                .contains("f.m")
                .contains("c.zip");
        assertThat(answer("a")).isEqualTo("a 1.0.0");
        assertThat(TestServer.json(server.getAsAdmin("/api/v1/releases"))
                        .get("current")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void versionsAnswerSideBySide() {
        for (String version : List.of("1.0.0", "1.1.0", "2.0.0-rc.1")) {
            server.deploy(TestBundle.named("a", version, "").function("r = f ()", "r = \"a " + version + "\";"));
        }
        assertThat(answer("a")).isEqualTo("a 2.0.0-rc.1");
        made(release("", "*", "{\"changes\":[{\"makeDefault\":\"a@1.0.0\"}]}"), 201);

        assertThat(answer("a")).isEqualTo("a 1.0.0");
        assertThat(answer("a@1")).isEqualTo("a 1.1.0");
        assertThat(answer("a@1.0")).isEqualTo("a 1.0.0");
        assertThat(answer("a@2.0.0-rc.1")).isEqualTo("a 2.0.0-rc.1");
        assertThat(server.callThatFails("/a@2/f", 404, NOTHING).get("message").asText())
                .contains("has no version 2; it has 1.0.0 (default), 1.1.0, 2.0.0-rc.1");

        assertThat(server.sendAsAdmin("DELETE", "/api/v1/bundles/a@1.1.0", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(200);
        assertThat(answer("a@1")).isEqualTo("a 1.0.0");
        JsonNode listed = TestServer.json(server.getAsAdmin("/api/v1/bundles")).at("/bundles/0");
        assertThat(listed.get("version").asText()).isEqualTo("1.0.0");
        assertThat(listed.get("versions")).hasSize(2);
    }

    @Test
    void aDryRunSaysWhatWouldBeAndDoesNothing() {
        deployTwo();
        String changes = "{\"changes\":[{\"deploy\":\"a.zip\"},{\"retire\":\"b\"}]}";

        JsonNode would = made(release("?dryRun=true", "*", Map.of("a.zip", bundle("a", "2.0.0")), changes), 200);

        assertThat(would.get("dryRun").asBoolean()).isTrue();
        assertThat(would.get("number").asInt()).isEqualTo(2);
        assertThat(would.at("/bundles")).hasSize(1);
        assertThat(answer("a")).isEqualTo("a 1.0.0");
        assertThat(answer("b")).isEqualTo("b 1.0.0");
    }

    @Test
    void whoLookedAtAnotherReleaseIsToldSo() {
        deployTwo();
        String retire = "{\"changes\":[{\"retire\":\"b\"}]}";

        assertThat(made(release("", "\"7\"", retire), 412).get("code").asText()).isEqualTo("RELEASE_CHANGED");
        assertThat(made(release("", "latest", retire), 400).get("detail").asText())
                .contains("If-Match");
        String tag = server.getAsAdmin("/api/v1/releases")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        made(release("", tag, retire), 201);
        made(release("", tag, retire), 412);
    }

    @Test
    void oneOfManyWhoSawTheSameReleaseWins() {
        deployTwo();
        List<CompletableFuture<Integer>> racing = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> release(
                                "",
                                "\"1\"",
                                Map.of("c.zip", bundle("c" + i, "1.0.0")),
                                "{\"changes\":[{\"deploy\":\"c.zip\"}]}")
                        .statusCode()))
                .toList();

        List<Integer> statuses = new ArrayList<>();
        racing.forEach(one -> statuses.add(one.join()));

        assertThat(statuses).containsExactlyInAnyOrder(201, 412, 412, 412, 412, 412);
    }

    @Test
    void anOldReleaseComesBackAsANewOne() {
        deployTwo();
        server.deploy(TestBundle.named("a", "2.0.0", "").function("r = f ()", "r = \"a 2.0.0\";"));
        server.sendAsAdmin("DELETE", "/api/v1/bundles/b", BodyPublishers.noBody());

        JsonNode difference = made(server.getAsAdmin("/api/v1/releases/1/diff/3"), 200);
        assertThat(difference.at("/bundles/0/added/0").asText()).isEqualTo("2.0.0");
        assertThat(difference.at("/bundles/1/removed/0").asText()).isEqualTo("1.0.0");

        HttpResponse<String> back = server.sendAsAdmin(
                "POST", "/api/v1/releases/1/activate?reason=it%20was%20better", BodyPublishers.noBody());
        assertThat(made(back, 201).get("number").asInt()).isEqualTo(4);
        assertThat(answer("a")).isEqualTo("a 1.0.0");
        assertThat(answer("b")).isEqualTo("b 1.0.0");
        JsonNode whole = made(server.getAsAdmin("/api/v1/releases/4"), 200);
        assertThat(whole.get("activated").asInt()).isEqualTo(1);
        assertThat(whole.get("reason").asText()).isEqualTo("it was better");
        assertThat(whole.get("by").asText()).isEqualTo("admin");

        assertThat(made(server.getAsAdmin("/api/v1/releases/9"), 404)
                        .get("code")
                        .asText())
                .isEqualTo("RELEASE_NOT_FOUND");
        made(server.sendAsAdmin("POST", "/api/v1/releases/9/activate", BodyPublishers.noBody()), 404);
    }

    @Test
    void whatIsNoRequestForAReleaseIsTold() {
        assertThat(made(release("", "*", "{}"), 400).get("detail").asText()).contains("\"changes\" is a list");
        assertThat(made(
                                release(
                                        "",
                                        "*",
                                        Map.of("a.zip", bundle("a", "1.0.0")),
                                        "{\"changes\":[{\"retire\":\"a\"}]}"),
                                400)
                        .get("detail")
                        .asText())
                .contains("no change deploys a.zip");
        assertThat(made(release("", "*", "{\"changes\":[{\"deploy\":\"a.zip\"}]}"), 400)
                        .get("detail")
                        .asText())
                .contains("there is no file \"a.zip\" in the request");
        assertThat(made(send("", "*", "multipart/form-data", new byte[0]), 400)
                        .get("detail")
                        .asText())
                .contains("boundary");
        assertThat(made(send("", "*", "multipart/form-data; boundary=b", "--b\r\n".getBytes(UTF_8)), 400)
                        .get("detail")
                        .asText())
                .contains("broke off");
        made(send("", "*", "text/plain", new byte[0]), 415);
        assertThat(server.send(server.request("/api/v1/releases")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(401);
    }
}
