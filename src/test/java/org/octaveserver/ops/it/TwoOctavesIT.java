package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two really different Octaves: the machine's own, and that of a Debian trixie tree, which {@code
 * src/test/sh/trixie-octave} makes once. What is compiled for one does not load in the other.
 */
class TwoOctavesIT {
    private static final Path BASE = Path.of(System.getProperty("ops.test.basedir", "."));
    private static final Path WEBAPP = Path.of(System.getProperty("ops.test.webapp"));
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Each node would compile a native worker for the tree's Octave, which takes longer than the test. */
    private static final String PORTABLE = "portable";

    private static final String IMPLEMENTATION = "ops.worker.implementation";

    private static final String WHICH = """
            #include <octave/oct.h>
            #include <octave/version.h>
            DEFUN_DLD (built_for, args, , "the Octave it was compiled for") { return octave_value (OCTAVE_VERSION); }
            """;

    @TempDir
    Path folder;

    private static Path trixie = Path.of("unknown");

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        Path cache = Path.of(
                System.getenv().getOrDefault("OPS_TEST_CACHE", System.getProperty("user.home") + "/.cache/ops-test"));
        trixie = cache.resolve("trixie");
        Process script = new ProcessBuilder(
                        BASE.resolve("src/test/sh/trixie-octave").toString(), trixie.toString())
                .redirectErrorStream(true)
                .start();
        script.getOutputStream().close();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
    }

    /** A command that runs the Octave of the tree, which sees a server's files where they are. */
    private Path trixie(Path script) throws IOException {
        Path home = Files.createDirectories(folder).toRealPath();
        Path code = WEBAPP.toRealPath();
        return script(
                script, "OPS_TEST_BIND=" + home + ":" + code + " exec " + trixie.resolve("octave-cli") + " \"$@\"");
    }

    private static Path script(Path file, String body) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private TestServer start(Map<String, String> settings) {
        return TestServer.start(folder.resolve("node"), settings);
    }

    private static TestBundle compiled() {
        return TestBundle.packaged("compiled", "1.0.0")
                .file("inst/running.m", "function r = running ()\n  r = version ();\nendfunction\n")
                .file("src/Makefile", "all: built_for.oct\n%.oct: %.cc\n\t$(MKOCTFILE) $<\n")
                .file("src/built_for.cc", WHICH);
    }

    private static TestBundle plain(String name, String more) {
        return TestBundle.named(name, "1.0.0", more).function("r = running ()", "r = version ();");
    }

    private static HttpResponse<String> deploy(TestServer server, TestBundle bundle, String query) {
        return server.send(server.request("/api/v1/bundles" + query)
                .timeout(LONG)
                .header("Authorization", "Bearer " + server.token())
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(bundle.zip())));
    }

    private static void deployed(TestServer server, TestBundle bundle, String query) {
        HttpResponse<String> response = deploy(server, bundle, query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static String answer(TestServer server, String path) {
        return server.call(path, 1, "[]").get(0).asText();
    }

    private static JsonNode runtimes(TestServer server) {
        return TestServer.json(server.getAsAdmin("/api/v1/runtimes")).get("runtimes");
    }

    private static List<String> trees(TestServer server, String bundle) throws IOException {
        try (Stream<Path> versions =
                Files.list(server.home().resolve("bundles/store").resolve(bundle))) {
            Path install = versions.findFirst().orElseThrow().resolve("install");
            try (Stream<Path> below = Files.walk(install, 2)) {
                return below.map(path -> install.relativize(path).toString())
                        .filter(path -> path.contains("/"))
                        .sorted()
                        .toList();
            }
        }
    }

    @Test
    void bundlesGoToTheOneTheyWantAndAreBuiltForEach() throws Exception {
        Map<String, String> settings = Map.of(
                IMPLEMENTATION,
                PORTABLE,
                "ops.runtime.trixie-9.command",
                trixie(folder.resolve("octave-9")).toString());
        try (TestServer server = start(settings)) {
            JsonNode both = runtimes(server);
            String own = both.get(0).get("version").asText();
            assertThat(both.findValuesAsText("id")).containsExactly("default", "trixie-9");
            assertThat(both.get(1).get("version").asText()).startsWith("9.").isNotEqualTo(own);
            assertThat(both.findValuesAsText("state")).containsOnly("READY");
            assertThat(both.get(1).get("api").asText())
                    .isNotEqualTo(both.get(0).get("api").asText());

            deployed(server, plain("any", ""), "");
            deployed(server, plain("young", ",\"depends\":[\"octave (>= 9)\"]"), "");
            deployed(server, plain("told", ""), "?runtime=trixie-9");
            assertThat(answer(server, "/any/running")).isEqualTo(own);
            assertThat(answer(server, "/young/running")).startsWith("9.");
            assertThat(answer(server, "/told/running")).startsWith("9.");
            JsonNode none = server.deployRefused(
                    plain("none", ",\"depends\":[\"octave (>= 99)\"]").zip(), 409);
            assertThat(none.get("detail").asText()).contains("default (Octave " + own + "), trixie-9 (Octave 9.");

            // The same compiled bundle for one, then for the other.
            deployed(server, compiled(), "");
            assertThat(answer(server, "/compiled/built_for")).isEqualTo(own);
            deployed(server, compiled(), "?runtime=trixie-9");
            assertThat(answer(server, "/compiled/running")).startsWith("9.");
            assertThat(answer(server, "/compiled/built_for")).startsWith("9.");
            assertThat(trees(server, "compiled"))
                    .hasSize(2)
                    .anyMatch(path -> path.startsWith("default/" + own + "+api-v"))
                    .anyMatch(path -> path.startsWith("trixie-9/9."));
            assertThat(answer(server, "/any/running")).isEqualTo(own);
        }
        nodeWithoutTheSecond();
    }

    /** On the home that the server before left. */
    private void nodeWithoutTheSecond() {
        try (TestServer server = start(Map.of())) {
            HttpResponse<String> response = server.post("/young/running", "{\"nargout\":1,\"rhs\":[]}");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body())
                    .contains("this server has no runtime \\\"trixie-9\\\" (it has default); set"
                            + " ops.runtime.trixie-9.command");
            assertThat(answer(server, "/any/running")).isNotEmpty();
            assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void nodesThatShareAStoreButNotTheirOctaveEachHaveATree() throws Exception {
        String shared = folder.resolve("shared").toString();
        Map<String, String> ofSecond = Map.of(
                IMPLEMENTATION,
                PORTABLE,
                "ops.bundles.directory",
                shared,
                "ops.bundles.poll-interval",
                "100ms",
                "ops.runtime.command",
                trixie(folder.resolve("octave-9")).toString());
        try (TestServer first = start(Map.of("ops.bundles.directory", shared));
                TestServer second = TestServer.start(folder.resolve("second"), ofSecond)) {
            deployed(first, plain("any", ""), "");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(second.post("/any/running", "{\"nargout\":1,\"rhs\":[]}")
                                    .statusCode())
                            .isEqualTo(200));
            deployed(first, compiled(), "");
            String own = answer(first, "/compiled/built_for");
            // It routes to the release only when it can serve it: before that there is no such bundle, then no waiting.
            HttpResponse<String> followed = await().atMost(LONG)
                    .until(
                            () -> second.post("/compiled/built_for", "{\"nargout\":1,\"rhs\":[]}"),
                            response -> response.statusCode() != 404);
            assertThat(followed.statusCode()).as(followed.body()).isEqualTo(200);
            assertThat(answer(second, "/compiled/built_for")).startsWith("9.").isNotEqualTo(own);
            assertThat(answer(first, "/compiled/built_for")).isEqualTo(own);
            assertThat(folder.resolve("shared/incoming")).isEmptyDirectory();
        }
    }

    @Test
    void oneThatIsMissingStopsNeitherTheServerNorTheOthers() throws Exception {
        Map<String, String> settings = Map.of(
                "ops.runtime.gone.command", folder.resolve("no-such-octave").toString());
        try (TestServer server = start(settings)) {
            JsonNode both = runtimes(server);
            assertThat(both.get(1).get("state").asText()).isEqualTo("UNAVAILABLE");
            assertThat(both.get(1).get("problem").asText()).contains("set ops.runtime.gone.command");
            assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
            deployed(server, plain("any", ""), "");
            assertThat(answer(server, "/any/running")).isNotEmpty();
            HttpResponse<String> refused = deploy(server, plain("other", ""), "?runtime=gone");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("the runtime gone is not available");
        }
    }

    @Test
    void anUpgradeInPlaceIsNoticedAndNoCallFails() throws Exception {
        Path command = script(folder.resolve("octave"), "exec octave-cli \"$@\"");
        Map<String, String> settings =
                Map.of("ops.runtime.command", command.toString(), "ops.runtime.probe-interval", "200ms");
        try (TestServer server = start(settings)) {
            deployed(server, compiled(), "");
            String before = answer(server, "/compiled/built_for");
            AtomicBoolean done = new AtomicBoolean();
            ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
            AtomicInteger calls = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Thread caller = new Thread(() -> {
                    while (!done.get()) {
                        callBoth(server, wrong);
                        calls.incrementAndGet();
                    }
                });
                callers.add(caller);
                caller.start();
            }
            trixie(command);
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(answer(server, "/compiled/built_for")).startsWith("9."));
            int soFar = calls.get();
            await().atMost(LONG).until(() -> calls.get() > soFar + 20);
            done.set(true);
            for (Thread caller : callers) {
                caller.join(LONG.toMillis());
            }
            assertThat(wrong).isEmpty();
            assertThat(runtimes(server).get(0).get("version").asText()).startsWith("9.");
            assertThat(trees(server, "compiled"))
                    .hasSize(2)
                    .anyMatch(path -> path.startsWith("default/" + before + "+"))
                    .anyMatch(path -> path.startsWith("default/9."));
            assertThat(server.home().resolve("bundles/incoming")).isEmptyDirectory();
        }
    }

    /** What was compiled for one Octave must only ever be called in that one. */
    private static void callBoth(TestServer server, ConcurrentLinkedQueue<String> wrong) {
        HttpResponse<String> response =
                server.post("/compiled/built_for", "{\"nargout\":1,\"rhs\":[],\"outputFormat\":{\"mode\":\"small\"}}");
        if (response.statusCode() != 200 || !response.body().startsWith("{\"lhs\":")) {
            wrong.add(response.statusCode() + " " + response.body());
        }
    }

    @Test
    void anUpgradeThatABundleDoesNotSurviveIsTold() throws Exception {
        Path command = script(folder.resolve("octave"), "exec octave-cli \"$@\"");
        Map<String, String> settings = Map.of(
                IMPLEMENTATION,
                PORTABLE,
                "ops.runtime.command",
                command.toString(),
                "ops.runtime.probe-interval",
                "200ms");
        try (TestServer server = start(settings)) {
            TestBundle fragile = compiled()
                    .file("src/built_for.cc", WHICH + "#if OCTAVE_MAJOR_VERSION > 8\n#error \"too new\"\n#endif\n");
            deployed(server, fragile, "");
            deployed(server, plain("any", ""), "");
            trixie(command);
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(answer(server, "/any/running")).startsWith("9."));
            String detail = await().atMost(LONG)
                    .until(
                            () -> server.post("/compiled/running", "{\"nargout\":1,\"rhs\":[]}"),
                            response -> response.statusCode() == 503)
                    .body();
            assertThat(detail)
                    .contains("compiled@1.0.0-", "could not be prepared for the runtime default (Octave 9.", "too new")
                    .contains("Its build log is " + server.home().resolve("bundles/store/compiled"));
            // Back to what it was: nothing is to be built, the old tree is there.
            script(command, "exec octave-cli \"$@\"");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(server.post("/compiled/running", "{\"nargout\":1,\"rhs\":[]}")
                                    .statusCode())
                            .isEqualTo(200));
        }
    }
}
