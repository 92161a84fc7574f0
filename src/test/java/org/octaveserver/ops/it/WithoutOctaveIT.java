package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without Octave, and one on which it is installed while the server runs. */
class WithoutOctaveIT {
    @TempDir
    Path folder;

    @Test
    void theServerStartsAndSaysWhatToInstall() {
        try (TestServer server = TestServer.start(folder, Map.of("ops.runtime.command", "/nonexistent/octave-cli"))) {
            HttpResponse<String> health = server.get("/api/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).isEmpty();

            JsonNode runtime = TestServer.json(server.getAsAdmin("/api/v1/status"))
                    .get("runtimes")
                    .get(0);
            assertThat(runtime.get("state").asText()).isEqualTo("UNAVAILABLE");
            assertThat(runtime.get("problem").asText()).contains("apt-get install octave", "ops.runtime.command");

            byte[] archive =
                    TestBundle.named("demo").function("r = f ()", "r = 1;").zip();
            assertThat(server.deployRefused(archive, 503).get("detail").asText())
                    .contains("apt-get install octave");
        }
    }

    @Test
    void anOctaveThatIsInstalledMeanwhileIsFound() throws Exception {
        Path command = folder.resolve("octave-later");
        try (TestServer server = TestServer.start(
                folder, Map.of("ops.runtime.command", command.toString(), "ops.runtime.retry-interval", "200ms"))) {
            assertThat(server.get("/api/health").statusCode()).isEqualTo(503);

            Files.writeString(command, "#!/bin/sh\nexec octave-cli \"$@\"\n");
            Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(server.get("/api/health").body()).isEqualTo("{\"status\":\"ok\"}"));
            server.deploy(TestBundle.named("demo").function("r = f ()", "r = 1;"));
            assertThat(server.call("/demo/f", 1, "[]").get(0).asInt()).isEqualTo(1);
        }
    }
}
