package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to stop while calls run and wait. */
final class StoppedServerIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void letsTheCallThatRunsEndAndTellsThoseThatWait() {
        TestServer server = ServerProcess.start(
                folder,
                Map.of("ops.pool.max-workers", "1", "ops.worker.implementation", "portable"),
                ServerProcess.Start.PLAIN);
        try (WaitingClient runs = new WaitingClient(server, "127.0.0.1");
                WaitingClient waits = new WaitingClient(server, "127.0.0.1")) {
            server.deploy(TestBundle.named("slow").function("r = f (x)", "pause (1);", "r = x;"));
            runs.call("/slow/f", "[7]");
            await().atMost(SOON).until(() -> workers(server, "busy") == 1);
            waits.call("/slow/f", "[8]");
            await().atMost(SOON).until(() -> workers(server, "waiting") == 1);

            server.close();

            assertThat(runs.answer()).startsWith("HTTP/1.1 200").endsWith("{\"lhs\":[7]}");
            assertThat(waits.answer()).startsWith("HTTP/1.1 503").contains("the server is stopping");
        }
    }

    private static int workers(TestServer server, String figure) {
        return TestServer.json(server.getAsAdmin("/api/v1/status"))
                .at("/workers/" + figure)
                .asInt();
    }
}
