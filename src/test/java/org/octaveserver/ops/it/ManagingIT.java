package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploying, listing, taking away, and who may. */
class ManagingIT {
    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsDeployedIsListedWithItsReleases() {
        JsonNode deployed = server.deploy(TestBundle.named("demo", "1.2.3", "").function("r = f ()", "r = 1;"));

        assertThat(deployed.get("name").asText()).isEqualTo("demo");
        assertThat(deployed.get("release").asInt()).isEqualTo(1);
        assertThat(deployed.get("exports").get(0).asText()).isEqualTo("f");
        JsonNode bundle = TestServer.json(server.getAsAdmin("/api/v1/bundles"))
                .get("bundles")
                .get(0);
        assertThat(bundle.get("version").asText()).isEqualTo("1.2.3");
        assertThat(bundle.get("digest").asText()).hasSize(64);
        JsonNode releases = TestServer.json(server.getAsAdmin("/api/v1/releases"));
        assertThat(releases.get("current").asInt()).isEqualTo(1);
        assertThat(releases.get("releases").get(0).get("by").asText()).isEqualTo("admin");
    }

    @Test
    void theStoreLooksAsDocumented() throws Exception {
        server.deploy(TestBundle.named("demo").function("r = f ()", "r = 1;"));

        Path bundles = server.home().resolve("bundles");
        assertThat(Files.readSymbolicLink(bundles.resolve("current"))).isEqualTo(Path.of("releases/1"));
        assertThat(bundles.resolve("releases/1/release.json")).isRegularFile();
        Path version = bundles.resolve("releases/1/demo").toRealPath();
        assertThat(version.getParent()).isEqualTo(bundles.resolve("store/demo").toRealPath());
        assertThat(version.getFileName().toString()).matches("1\\.0\\.0-[0-9a-f]{12}");
        assertThat(version.resolve("source/f.m")).isRegularFile();
        try (Stream<Path> trees = Files.list(version.resolve("install/default"))) {
            assertThat(trees).singleElement().satisfies(tree -> {
                assertThat(tree.getFileName().toString()).matches("\\d+\\.\\d+\\.\\d+.*\\+api-v\\d+\\+.+");
                assertThat(tree.resolve("f.m")).isRegularFile();
            });
        }
        assertThat(bundles.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void theSameFileAgainChangesNothing() {
        byte[] archive = TestBundle.named("demo").function("r = f ()", "r = 1;").zip();

        assertThat(server.deploy(archive, "").statusCode()).isEqualTo(201);
        HttpResponse<String> again = server.deploy(archive, "");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(TestServer.json(again).get("changed").asBoolean()).isFalse();
        assertThat(TestServer.json(again).get("release").asInt()).isEqualTo(1);
    }

    @Test
    void aVersionGetsOtherContentOnlyWhenReplacingIsAskedFor() {
        server.deploy(TestBundle.named("demo").function("r = f ()", "r = 1;"));
        byte[] other = TestBundle.named("demo").function("r = f ()", "r = 2;").zip();

        HttpResponse<String> refused = server.deploy(other, "");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(TestServer.json(refused).get("code").asText()).isEqualTo("VERSION_CONFLICT");
        assertThat(server.call("/demo/f", 1, "[]").get(0).asInt()).isEqualTo(1);
        assertThat(server.deploy(other, "?replace=true").statusCode()).isEqualTo(201);
        assertThat(server.call("/demo/f", 1, "[]").get(0).asInt()).isEqualTo(2);
    }

    @Test
    void aBundleThatIsTakenAwayIsGoneForCallers() {
        server.deploy(TestBundle.named("demo").function("r = f ()", "r = 1;"));

        HttpResponse<String> gone = server.send(server.request("/api/v1/bundles/demo")
                .header("Authorization", "Bearer " + server.token())
                .DELETE());

        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(server.callThatFails("/demo/f", 404, "{\"nargout\":1,\"rhs\":[]}")
                        .get("message")
                        .asText())
                .contains("nothing is deployed");
    }

    @Test
    void aMisspeltWishForADryRunChangesNothing() {
        byte[] archive = TestBundle.named("demo").function("r = f ()", "r = 1;").zip();

        for (String query :
                List.of("?dryRun=1", "?dryrun=true", "?dryRun=TRUE", "?dryRun", "?dryRun=true&dryRun=false")) {
            HttpResponse<String> refused = server.deploy(archive, query);
            assertThat(refused.statusCode()).as(query).isEqualTo(400);
            assertThat(TestServer.json(refused).get("detail").asText()).containsIgnoringCase("\"dryRun\"");
        }
        server.deploy(archive, "");
        assertThat(new Releasing(server).ask("?dryRun=yes", "*", "{}").body()).contains("true or false");
        assertThat(server.sendAsAdmin("POST", "/api/v1/releases/1/activate?dryrun=true", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.sendAsAdmin("DELETE", "/api/v1/bundles/demo?dryRun=1", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.getAsAdmin("/api/v1/status?verbose=1").statusCode()).isEqualTo(400);
        assertThat(new Releasing(server).current()).isEqualTo(1);
    }

    @Test
    void aBundleIsDeployedAndTakenAwayInADryRunOrOnTopOfOneReleaseToo() {
        byte[] archive = TestBundle.named("demo").function("r = f ()", "r = 1;").zip();

        HttpResponse<String> would = server.deploy(archive, "?dryRun=true");
        assertThat(would.statusCode()).isEqualTo(200);
        assertThat(would.headers().firstValue("ETag")).contains("\"1\"");
        assertThat(TestServer.json(would).get("dryRun").asBoolean()).isTrue();
        assertThat(new Releasing(server).current()).isZero();

        server.deploy(archive, "");
        HttpResponse<String> gone =
                server.sendAsAdmin("DELETE", "/api/v1/bundles/demo?dryRun=true", BodyPublishers.noBody());
        assertThat(TestServer.json(gone).get("dryRun").asBoolean()).isTrue();
        assertThat(gone.headers().firstValue("ETag")).contains("\"2\"");
        assertThat(onTopOf("7", "/api/v1/bundles/demo", "DELETE", new byte[0]).statusCode())
                .isEqualTo(412);
        assertThat(onTopOf("7", "/api/v1/bundles?replace=true", "POST", archive).statusCode())
                .isEqualTo(412);
        assertThat(server.call("/demo/f", 1, "[]").get(0).asInt()).isEqualTo(1);
        assertThat(onTopOf("1", "/api/v1/bundles/demo", "DELETE", new byte[0]).statusCode())
                .isEqualTo(200);
        assertThat(new Releasing(server).current()).isEqualTo(2);
    }

    private HttpResponse<String> onTopOf(String release, String path, String method, byte[] body) {
        return server.send(server.request(path)
                .header("Authorization", "Bearer " + server.token())
                .header("If-Match", "\"" + release + "\"")
                .method(method, BodyPublishers.ofByteArray(body)));
    }

    @Test
    void bundlesWithFunctionsOfTheSameNameDoNotMeet() {
        server.deploy(TestBundle.named("one")
                .function("r = f ()", "r = helper ();")
                .file("private/helper.m", "function r = helper ()\n  r = 'one';\nendfunction\n"));
        server.deploy(TestBundle.named("two")
                .function("r = f ()", "r = helper ();")
                .file("private/helper.m", "function r = helper ()\n  r = 'two';\nendfunction\n"));

        for (int i = 0; i < 10; i++) {
            assertThat(server.call("/one/f", 1, "[]").get(0).asText()).isEqualTo("one");
            assertThat(server.call("/two/f", 1, "[]").get(0).asText()).isEqualTo("two");
        }
    }

    @Test
    void aBundleIsReplacedWhileItIsCalledAndNoCallFails() {
        server.deploy(generation(0));
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<Integer>> callers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> callUntil(stop)))
                .toList();

        for (int i = 1; i <= 6; i++) {
            server.deploy(generation(i));
            // Deployed is deployed: no call that begins now sees the old one.
            assertThat(server.call("/demo/f", 1, "[]").get(0).toString()).isEqualTo("[[" + i + "," + i + "]]");
        }

        stop.set(true);
        assertThat(callers.stream().mapToInt(CompletableFuture::join).sum()).isGreaterThan(20);
    }

    /** Two files that must agree: a call that mixed generations would show. */
    private static TestBundle generation(int number) {
        return TestBundle.named("demo", "1.0." + number, "")
                .function("r = f ()", "pause (0.01);", "r = [" + number + ", g()];")
                .function("r = g ()", "r = " + number + ";");
    }

    private int callUntil(AtomicBoolean stop) {
        int calls = 0;
        int last = 0;
        while (!stop.get()) {
            JsonNode pair = server.call("/demo/f", 1, "[]").get(0).get(0);
            assertThat(pair.get(0).asInt()).isEqualTo(pair.get(1).asInt()).isGreaterThanOrEqualTo(last);
            last = pair.get(0).asInt();
            calls++;
        }
        return calls;
    }

    @Test
    void managingNeedsTheTokenWhichOnlyTheOwnerCanRead() throws Exception {
        Path token = server.home().resolve("conf/admin-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");

        for (String path : List.of("/api/v1/bundles", "/api/v1/releases", "/api/v1/status")) {
            HttpResponse<String> refused = server.get(path);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"ops\"");
            assertThat(TestServer.json(refused).get("detail").asText()).contains("conf/admin-token");
            assertThat(server.getAsAdmin(path).statusCode()).isEqualTo(200);
        }
        byte[] archive = TestBundle.named("demo").function("r = f ()", "r = 1;").zip();
        HttpRequest.Builder deploy = server.request("/api/v1/bundles").POST(BodyPublishers.ofByteArray(archive));
        assertThat(server.send(deploy).statusCode()).isEqualTo(401);
        assertThat(server.send(deploy.header("Authorization", "Bearer wrong")).statusCode())
                .isEqualTo(401);
        assertThat(server.send(server.request("/api/v1/bundles/demo").DELETE()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aForwardedCallNeedsTheToken() {
        server.deploy(TestBundle.named("demo").function("r = f ()", "r = 1;"));
        HttpRequest.Builder call = server.request("/demo/f")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", "203.0.113.7")
                .POST(BodyPublishers.ofString("{\"nargout\":1,\"rhs\":[]}"));

        assertThat(server.httpError(server.send(call), 401).get("message").asText())
                .contains("conf/admin-token");
        assertThat(server.send(call.header("Authorization", "Bearer " + server.token()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void statusShowsRuntimeAndWorkers() {
        server.deploy(TestBundle.named("demo").function("r = f ()", "r = 1;"));
        server.call("/demo/f", 1, "[]");

        JsonNode status = TestServer.json(server.getAsAdmin("/api/v1/status"));

        assertThat(status.get("runtimes").get(0).get("state").asText()).isEqualTo("READY");
        assertThat(status.get("workers").get("running").asInt()).isPositive();
        assertThat(status.get("bundles").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsDeployedIsThereAfterARestart() {
        server.deploy(TestBundle.named("demo").function("r = f ()", "r = 1;"));
        server.close();

        server = TestServer.start(folder, Map.of());

        assertThat(server.call("/demo/f", 1, "[]").get(0).asInt()).isEqualTo(1);
    }
}
