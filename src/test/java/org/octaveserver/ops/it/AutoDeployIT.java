package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hot-deploy folder of a server with real Octave: files come, change and go while it answers. */
class AutoDeployIT {
    @TempDir
    Path folder;

    private TestServer server;
    private Path autoDeploy;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of("ops.auto-deploy.interval", "50ms"));
        autoDeploy = server.home().resolve("auto_deploy");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        server.close();
        start();
    }

    private static byte[] answering(int what) {
        return new TestBundle().function("r = answer ()", "r = " + what + ";").zip();
    }

    /** In one step, as whoever cares does it. */
    private void put(String name, byte[] file) throws IOException {
        Path beside = Files.write(server.home().resolve("beside"), file);
        Files.move(beside, autoDeploy.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void eventually(ThrowingCallable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion::call);
    }

    private void assertAnswer(String bundle, int what) {
        HttpResponse<String> response = server.post(
                "/" + bundle + "/answer", "{\"nargout\":1,\"rhs\":[],\"outputFormat\":{\"mode\":\"small\"}}");
        assertThat(response.body()).isEqualTo("{\"lhs\":[" + what + "]}");
    }

    private JsonNode status() {
        return TestServer.json(server.getAsAdmin("/api/v1/status")).get("autoDeploy");
    }

    @Test
    void filesAreDeployedReplacedAndTakenAwayWithThem() throws IOException {
        put("demo.zip", answering(1));
        eventually(() -> assertAnswer("demo", 1));
        assertThat(status().at("/files/0").toString())
                .isEqualTo("{\"file\":\"demo.zip\",\"state\":\"DEPLOYED\",\"bundle\":\"demo 0.0.0\"}");

        put("demo.zip", answering(2));
        eventually(() -> assertAnswer("demo", 2));

        Files.delete(autoDeploy.resolve("demo.zip"));
        eventually(() -> server.callThatFails("/demo/answer", 404, "{\"nargout\":1,\"rhs\":[]}"));
        assertThat(TestServer.json(server.getAsAdmin("/api/v1/releases")).toString())
                .contains("demo.zip has gone");
    }

    @Test
    void aBadFileSaysWhyBesideItAndInTheStatus() throws IOException {
        put(
                "bad.zip",
                TestBundle.named("bad")
                        .file("f.m", "function f ()\n  x = = 1;\nendfunction\n")
                        .zip());

        eventually(() -> assertThat(status().at("/files/0/problem").asText()).contains("f.m:2"));
        assertThat(Files.readString(autoDeploy.resolve("bad.zip.error"))).contains("f.m:2");
        assertThat(autoDeploy.resolve("bad.zip")).exists();
    }

    @Test
    void aFileThatIsCopiedSlowlyWaitsUntilItIsWhole() throws IOException, InterruptedException {
        byte[] file = answering(5);
        Path growing = autoDeploy.resolve("slow.zip");
        for (int size = 1; size < file.length; size += file.length / 20) {
            Files.write(growing, Arrays.copyOf(file, size));
            Thread.sleep(20);
        }
        Files.write(growing, file);

        eventually(() -> assertAnswer("slow", 5));
    }

    @Test
    void whatChangedWhileTheServerWasDownIsDoneAtItsStart() throws IOException {
        put("stays.zip", answering(1));
        put("goes.zip", answering(1));
        eventually(() -> assertAnswer("stays", 1));
        eventually(() -> assertAnswer("goes", 1));
        server.close();
        Files.delete(autoDeploy.resolve("goes.zip"));
        put("comes.zip", answering(3));
        start();

        eventually(() -> assertAnswer("comes", 3));
        eventually(() -> server.callThatFails("/goes/answer", 404, "{\"nargout\":1,\"rhs\":[]}"));
        assertAnswer("stays", 1);
    }

    @Test
    void whatAnOperatorTookAwayStaysAwayUntilItsFileChanges() throws IOException {
        put("demo.zip", answering(1));
        eventually(() -> assertAnswer("demo", 1));
        server.sendAsAdmin("DELETE", "/api/v1/bundles/demo", BodyPublishers.noBody());
        restart();
        put("marker.zip", answering(7));
        eventually(() -> assertAnswer("marker", 7));

        server.callThatFails("/demo/answer", 404, "{\"nargout\":1,\"rhs\":[]}");
        put("demo.zip", answering(2));
        eventually(() -> assertAnswer("demo", 2));
    }

    private static byte[] version(String version, int what) {
        return TestBundle.named("ver", version, "")
                .function("r = answer ()", "r = " + what + ";")
                .zip();
    }

    private String states() {
        StringBuilder states = new StringBuilder();
        status().get("files")
                .forEach(one -> states.append(one.get("state").asText()).append(' '));
        return states.toString().strip();
    }

    @Test
    void theHighestVersionIsTheDefaultWhateverTheFilesAreCalledAndEachGoesWithItsFile() throws IOException {
        put("ver-1.0.10.zip", version("1.0.10", 10));
        put("ver-1.0.9.zip", version("1.0.9", 9));
        eventually(() -> assertAnswer("ver@1.0.9", 9));
        eventually(() -> assertAnswer("ver", 10));

        Files.delete(autoDeploy.resolve("ver-1.0.10.zip"));
        eventually(() -> assertAnswer("ver", 9));
        assertThat(states()).isEqualTo("DEPLOYED");
    }

    @Test
    void versionsThatWereDeployedOtherwiseStayCallable() throws IOException {
        server.deploy(TestBundle.named("ver", "1.0.0", "").function("r = answer ()", "r = 1;"));
        put("ver.zip", version("2.0.0", 2));
        eventually(() -> assertAnswer("ver", 2));
        put("ver.zip", version("3.0.0", 3));
        eventually(() -> assertAnswer("ver", 3));

        assertAnswer("ver@1.0.0", 1);
        server.callThatFails("/ver@2.0.0/answer", 404, "{\"nargout\":1,\"rhs\":[]}");
    }

    @Test
    void aFileThatIsRenamedStaysDeployed() throws IOException {
        put("b.zip", version("1.0.0", 1));
        eventually(() -> assertAnswer("ver", 1));
        Files.move(autoDeploy.resolve("b.zip"), autoDeploy.resolve("renamed.zip"));
        eventually(() -> assertThat(status().get("files").toString())
                .contains("renamed.zip")
                .doesNotContain("b.zip"));

        assertAnswer("ver", 1);
        assertThat(states()).isEqualTo("DEPLOYED");
    }
}
