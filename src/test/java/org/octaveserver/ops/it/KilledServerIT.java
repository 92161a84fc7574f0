package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is killed while calls run: native workers do not go on without it. */
class KilledServerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"while (true), endwhile", "pause (400)", "system ('sleep 400')"})
    void busyNativeWorkersEndWithTheirServer(String busy) throws Exception {
        Map<String, String> settings = Map.of("ops.worker.implementation", "native");
        try (TestServer server = ServerProcess.start(folder, settings, ServerProcess.Start.PLAIN)) {
            Path begun = folder.resolve("begun");
            server.deploy(
                    TestBundle.named("busy").function("spin ()", "fclose (fopen ('" + begun + "', 'w'));", busy + ";"));
            CompletableFuture<Void> unused =
                    CompletableFuture.runAsync(() -> server.post("/busy/spin", "{\"nargout\":0,\"rhs\":[]}"));
            Awaitility.await().atMost(LIMIT).until(() -> begun.toFile().exists());
            ProcessHandle killed = ProcessHandle.of(server.process().pid()).orElseThrow();
            List<ProcessHandle> workers = killed.descendants().toList();
            assertThat(workers).hasSizeGreaterThan(1);

            killed.destroyForcibly();

            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(workers).noneMatch(ProcessHandle::isAlive));
        }
    }
}
