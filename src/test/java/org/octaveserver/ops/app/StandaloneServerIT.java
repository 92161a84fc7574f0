package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, without Octave, which these tests do not need. */
class StandaloneServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void kill() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String output, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dops.webinf=src/main",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandaloneServer.class.getName(),
                        "start")
                .redirectErrorStream(true)
                .redirectOutput(file(output));
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent("OPS_HTTP_PORT", "0");
        variables.putIfAbsent("OPS_HOME", home().toString());
        variables.putIfAbsent("OPS_RUNTIME_COMMAND", "/nonexistent/octave-cli");
        builder.environment().putAll(variables);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private File file(String name) {
        return directory.resolve(name).toFile();
    }

    private Path home() {
        return directory.resolve("home");
    }

    private Path endpoint() {
        return home().resolve("run/endpoint");
    }

    private String printed(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private static int status(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void leavesTheFilesOfARunningServerAloneWhenItIsRefused() throws Exception {
        Process first = start("first", Map.of());
        await().atMost(PATIENCE).until(() -> Files.exists(endpoint()));
        String address = Files.readString(endpoint()).strip();

        Process second = start("second", Map.of());
        assertThat(status(second)).isEqualTo(1);
        assertThat(printed("second")).contains("another server uses " + home()).contains("OPS_HOME");
        assertThat(Files.readString(endpoint()).strip()).isEqualTo(address);
        assertThat(Files.readString(home().resolve("run/server.pid")).strip()).isEqualTo(Long.toString(first.pid()));
        assertThat(Exchange.send(address, "GET /api/health", "").status()).isEqualTo(503);

        first.destroy();
        assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(endpoint()).doesNotExist();
        assertThat(home().resolve("run/server.pid")).doesNotExist();
        assertThat(printed("first")).contains("OPS has stopped");
    }

    @Test
    void printsAllThatIsWrongWithItsSettingsAndMakesNothing() throws Exception {
        Process server = start("output", Map.of("OPS_HTTP_PORT", "70000", "OPS_POOL_MAX_WORKERS", "0"));
        assertThat(status(server)).isEqualTo(1);
        assertThat(printed("output"))
                .contains("ops: the settings have 2 problems:")
                .contains("ops.http.port: expected a whole number from 0 to 65535, got \"70000\""
                        + " (in the environment variable OPS_HTTP_PORT)")
                .contains("ops.pool.max-workers: expected a whole number of at least 1, got \"0\"")
                .doesNotContain("Exception");
        assertThat(home()).doesNotExist();
    }

    @Test
    void namesTheSettingWhenItCannotListen() throws Exception {
        Process server = start("output", Map.of("OPS_HTTP_HOST", "no.such.host.invalid"));
        assertThat(status(server)).isEqualTo(1);
        assertThat(printed("output"))
                .contains("ops: could not start: the address no.such.host.invalid to listen on cannot be found"
                        + " (setting ops.http.host)");
        assertThat(endpoint()).doesNotExist();
    }

    @Test
    void neverLogsItsToken() throws Exception {
        Process server = start("output", Map.of("OPS_LOG_LEVEL", "trace"));
        await().atMost(PATIENCE).until(() -> Files.exists(endpoint()));
        String token = Files.readString(home().resolve("conf/admin-token")).strip();
        String address = Files.readString(endpoint()).strip();
        assertThat(Exchange.send(address, "GET /api/v1/status", "Authorization: Bearer " + token + "\n")
                        .status())
                .isEqualTo(200);
        assertThat(Exchange.send(address, "GET /api/v1/status", "Authorization: Bearer x" + token + "\n")
                        .status())
                .isEqualTo(401);
        server.destroy();
        assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(printed("output")).contains("made: admin token in").doesNotContain(token);
        String secret = Files.readString(home().resolve("conf/callback-secret")).strip();
        assertThat(printed("output")).contains("made: secret of callbacks in").doesNotContain(secret);
    }
}
