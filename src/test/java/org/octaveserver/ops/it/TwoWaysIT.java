package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.worker.TestModules;

/** One WAR, two ways: in a container that keeps it packed, and by itself. */
class TwoWaysIT {
    private static final Path WAR = Path.of(System.getProperty("ops.test.war"));
    private static final TestBundle DEMO = TestBundle.named("demo")
            .function("r = f (x)", "r = x + 1;")
            .function("hang ()", "while (true) endwhile")
            .function("r = json (x)", "r = mps.json.encode (x);");

    @TempDir
    Path folder;

    private final List<Standalone> started = new ArrayList<>();

    /** What a test that failed has left. */
    @AfterEach
    void kill() throws InterruptedException {
        for (Standalone server : started) {
            assertThat(server.process.destroyForcibly().waitFor(30, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private Standalone start(String... environment) throws IOException {
        Standalone server = new Standalone(folder.resolve("home"), environment);
        started.add(server);
        return server;
    }

    @Test
    void aContainerThatKeepsTheWarPackedServesIt() {
        try (TestServer server = TestServer.start(folder, Map.of(), WAR)) {
            server.deploy(DEMO);

            assertThat(server.call("/demo/f", 1, "[41]").get(0).asInt()).isEqualTo(42);
            assertThat(server.call("/demo/json", 1, "[[1,2]]").get(0).asText()).isEqualTo("[[1,2]]");
        }
    }

    @Test
    void aContainerNeverSeesTheEmbeddedTomcat() throws IOException {
        try (JarFile war = new JarFile(WAR.toFile())) {
            assertThat(war.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.matches("WEB-INF/lib/.*(tomcat|servlet-api).*")))
                    .isEmpty();
        }
    }

    @Test
    void nothingOfTheWarCanBeDownloaded() {
        try (TestServer server = TestServer.start(folder, Map.of())) {
            for (String path :
                    List.of("/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/org/octaveserver/ops/launch/Main.class")) {
                assertThat(server.get(path).statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void byItselfItWritesItsAddressServesAndCleansUpWhenToldToEnd() throws Exception {
        Standalone server = start();

        assertThat(server.address()).startsWith("http://127.0.0.1:");
        server.deploy();
        assertThat(server.call("f", "[41]").body()).isEqualTo("{\"lhs\":[42]}");
        assertThat(server.call("json", "[[1,2]]").body()).isEqualTo("{\"lhs\":[\"[[1,2]]\"]}");
        long pid = Long.parseLong(
                Files.readString(server.home.resolve("run/server.pid")).strip());
        assertThat(pid).isEqualTo(server.process.pid());

        server.process.destroy();
        assertThat(server.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.home.resolve("run/endpoint")).doesNotExist();
        assertThat(server.home.resolve("run/server.pid")).doesNotExist();
        assertThat(server.home.resolve("run/workers")).isEmptyDirectory();
    }

    @Test
    void twoServersOfOneHomeAreRefused() throws Exception {
        Standalone first = start();
        first.address();

        Standalone second = start();

        assertThat(second.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.process.exitValue()).isEqualTo(1);
        assertThat(second.log()).contains("another server uses", "OPS_HOME");
        assertThat(first.process.isAlive()).isTrue();
        assertThat(first.home.resolve("run/endpoint")).exists();
        assertThat(first.home.resolve("run/server.pid")).hasContent(Long.toString(first.process.pid()));
        first.process.destroy();
        assertThat(first.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void badSettingsAreAllListedAndNothingStarts() throws Exception {
        Standalone server = start("OPS_CALL_TIMEOUT=soon", "OPS_HTTP_MAX_REQUEST_SIZE=big");

        assertThat(server.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(server.process.exitValue()).isEqualTo(1);
        assertThat(server.log()).contains("ops.call.timeout", "soon", "ops.http.max-request-size", "big");
    }

    /** The portable workers of a server that was killed must not run on for ever: the next start ends them. */
    @Test
    void aKilledServersBusyWorkersAreEndedByTheNextStart() throws Exception {
        String portable = "OPS_WORKER_IMPLEMENTATION=portable";
        Standalone killed = start(portable);
        killed.deploy();
        Thread caller = new Thread(() -> killed.callAndForget("hang"));
        caller.start();
        Awaitility.await().until(() -> busyOctaves() > 0);
        killed.process.destroyForcibly().waitFor();
        caller.join();
        // Idle workers have seen the end of their channel; the busy one has not looked.
        Awaitility.await().until(() -> busyOctaves() == 1);

        Standalone next = start(portable);
        next.address();

        Awaitility.await()
                .until(() -> busyOctaves() == 0 || next.call("f", "[1]").statusCode() == 200);
        assertThat(next.call("f", "[1]").body()).isEqualTo("{\"lhs\":[2]}");
        assertThat(next.log()).contains("an earlier server left behind");
        next.process.destroy();
        next.process.waitFor();
    }

    /** Octave processes of a server that use processor time. */
    private long busyOctaves() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("ops_worker_main"))
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .filter(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(Duration.ofMillis(700)) > 0)
                .count();
    }

    /** {@code java -jar ops.war start} with a home of its own on any free port. */
    private static final class Standalone {
        private final Path home;
        private final Path log;
        private final Process process;
        private final HttpClient client = HttpClient.newHttpClient();

        Standalone(Path home, String... environment) throws IOException {
            this.home = home;
            TestModules.provide(home, Map.of());
            this.log = Files.createTempFile(home.getParent(), "server", ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    WAR.toString(),
                    "start"));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("OPS_HOME", home.toString());
            builder.environment().put("OPS_HTTP_PORT", "0");
            for (String variable : environment) {
                builder.environment().put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
            }
            this.process = builder.start();
        }

        String log() throws IOException {
            return Files.readString(log);
        }

        String address() throws IOException {
            Path endpoint = home.resolve("run/endpoint");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !process.isAlive()
                            || (Files.exists(endpoint)
                                    && log().contains("OPS answers at "
                                            + Files.readString(endpoint).strip())));
            return Files.readString(endpoint).strip();
        }

        void deploy() throws Exception {
            String token =
                    Files.readString(await(home.resolve("conf/admin-token"))).strip();
            HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/api/v1/bundles"))
                    .header("Authorization", "Bearer " + token)
                    .POST(BodyPublishers.ofByteArray(DEMO.zip()))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
        }

        private Path await(Path file) throws IOException {
            address();
            return file;
        }

        HttpResponse<String> call(String function, String rhs) throws IOException, InterruptedException {
            return client.send(request(function, rhs), BodyHandlers.ofString());
        }

        void callAndForget(String function) {
            try {
                client.send(request(function, "[]"), BodyHandlers.discarding());
            } catch (IOException e) {
                // The server was killed meanwhile, as the test wants.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private HttpRequest request(String function, String rhs) throws IOException {
            int outputs = function.equals("hang") ? 0 : 1;
            return HttpRequest.newBuilder(URI.create(address() + "/demo/" + function))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(
                            "{\"nargout\":" + outputs + ",\"rhs\":" + rhs + ",\"outputFormat\":{\"mode\":\"small\"}}"))
                    .build();
        }
    }
}
