package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive management API, in the order and form in which MPS's own deployment client uses it. */
class ArchivesIT {
    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nothingIsLeft() {
        for (JsonNode archive : TestServer.json(server.get("/api/archives"))) {
            server.sendAsAdmin("DELETE", query(archive.get("archive").asText()), BodyPublishers.noBody());
        }
    }

    @Test
    void anArchiveIsAddedListedReplacedAndRemoved() {
        assertThat(server.get("/api/archives").body()).isEqualTo("[]");
        assertThat(server.get("/api/archives?ctf=tool").body()).isEqualTo("{\"archive\":\"tool\",\"result\":false}");

        HttpResponse<String> added = send("POST", "tool", answering(1));
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(added.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(added.body()).isEqualTo("{\"archive\":\"tool\",\"result\":true}");
        assertThat(answer()).isEqualTo(1);
        assertThat(server.get("/api/archives?ctf=tool").body()).isEqualTo("{\"archive\":\"tool\",\"result\":true}");
        assertThat(server.get("/api/archives").body()).isEqualTo("[{\"archive\":\"tool\",\"result\":true}]");

        assertThat(send("PUT", "tool", answering(2)).statusCode()).isEqualTo(200);
        assertThat(answer()).isEqualTo(2);

        assertThat(server.sendAsAdmin("DELETE", query("tool"), BodyPublishers.noBody())
                        .body())
                .isEqualTo("{\"archive\":\"tool\",\"result\":false}");
        server.callThatFails("/tool/answer", 404, "{\"nargout\":1,\"rhs\":[]}");
    }

    @Test
    void anArchiveComesBackWithOtherContentAfterItWasRemoved() {
        send("POST", "tool", answering(1));
        server.sendAsAdmin("DELETE", query("tool"), BodyPublishers.noBody());

        assertThat(send("POST", "tool", answering(3)).statusCode()).isEqualTo(200);
        assertThat(answer()).isEqualTo(3);
    }

    @Test
    void addingWhatIsDeployedIsRefusedUnlessItIsTheSame() {
        send("POST", "tool", answering(1));

        JsonNode error = server.httpError(send("POST", "tool", answering(2)), 409);

        assertThat(error.get("messageId").asText()).isEqualTo("BundleExists");
        assertThat(error.get("message").asText()).contains("\"tool\" is deployed already");
        assertThat(send("POST", "tool", answering(1)).statusCode()).isEqualTo(200);
        assertThat(answer()).isEqualTo(1);
    }

    @Test
    void ofTwoThatAddTheSameArchiveAtOnceOneIsTold() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> adds = List.of(
                    () -> send("POST", "tool", answering(1)).statusCode(),
                    () -> send("POST", "tool", answering(2)).statusCode());

            assertThat(both.invokeAll(adds)).map(added -> added.get()).containsExactlyInAnyOrder(200, 409);
        } finally {
            both.shutdownNow();
        }
    }

    @Test
    void aFileThatNamesAnotherBundleIsRefusedWithBothNames() {
        byte[] file = TestBundle.named("other").function("f ()", "").zip();

        assertThat(server.httpError(send("POST", "tool", file), 400)
                        .get("message")
                        .asText())
                .contains("\"tool\"", "\"other\"");
    }

    @Test
    void removingWhatIsNotThereIsToldSo() {
        HttpResponse<String> response = server.sendAsAdmin("DELETE", query("none"), BodyPublishers.noBody());

        assertThat(server.httpError(response, 404).get("messageId").asText()).isEqualTo("ComponentNotFound");
    }

    @Test
    void aRequestThatNamesNoArchiveIsTold() {
        HttpResponse<String> response =
                server.sendAsAdmin("POST", "/api/archives", BodyPublishers.ofByteArray(answering(1)));

        assertThat(server.httpError(response, 400).get("message").asText()).contains("parameter ctf is missing");
    }

    @Test
    void anArchiveInChunksIsRefused() {
        byte[] file = answering(1);
        BodyPublisher chunks = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file));

        assertThat(server.httpError(server.sendAsAdmin("POST", query("tool"), chunks), 411)
                        .get("message")
                        .asText())
                .startsWith("Content-length missing");
    }

    @Test
    void changingNeedsTheTokenSeeingDoesNot() {
        BodyPublisher file = BodyPublishers.ofByteArray(answering(1));

        for (String method : List.of("POST", "PUT", "DELETE")) {
            HttpResponse<String> response =
                    server.send(server.request(query("tool")).method(method, file));
            assertThat(server.httpError(response, 401).get("messageId").asText())
                    .isEqualTo("NotAuthorized");
        }
        assertThat(server.get("/api/archives").statusCode()).isEqualTo(200);
    }

    @Test
    void allOfItCanBeTurnedOff(@TempDir Path other) {
        try (TestServer without = TestServer.start(other, Map.of("ops.archives.enabled", "false"))) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
                JsonNode error = without.httpError(
                        without.sendAsAdmin(method, query("tool"), BodyPublishers.ofByteArray(new byte[3])), 403);
                assertThat(error.get("messageId").asText()).isEqualTo("ArchiveManagementDisabled");
                assertThat(error.get("message").asText())
                        .startsWith("Archive Management Disabled")
                        .contains("ops.archives.enabled");
            }
        }
    }

    private static int answer() {
        return server.call("/tool/answer", 1, "[]").get(0).asInt();
    }

    /** A file without name and version, as one that knows MPS only has it. */
    private static byte[] answering(int what) {
        return new TestBundle().function("r = answer ()", "r = " + what + ";").zip();
    }

    private static String query(String name) {
        return "/api/archives?ctf=" + name;
    }

    private static HttpResponse<String> send(String method, String name, byte[] file) {
        return server.sendAsAdmin(method, query(name), BodyPublishers.ofByteArray(file));
    }
}
