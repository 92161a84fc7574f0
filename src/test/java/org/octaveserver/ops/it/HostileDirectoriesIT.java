package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions leave in their directories what makes a server wait that touches it. */
class HostileDirectoriesIT {
    private static final int CALLS = 5;
    private static final String CALL = "{\"nargout\":1,\"rhs\":[]}";

    @TempDir
    Path folder;

    private static TestBundle bundle() {
        return TestBundle.named("hostile")
                .function("r = honest ()", "r = 1;")
                .function(
                        "r = pipes ()",
                        "system ('mkfifo p; mkdir -p a/b; mkfifo a/b/p; ln -s / a/root; mkfifo \"$HOME/p\"');",
                        "pause (30);",
                        "r = 1;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"portable", "native"})
    void namedPipesDelayNoDeadlineAndNoOtherCall(String implementation) throws Exception {
        Map<String, String> settings = Map.of(
                "ops.worker.implementation", implementation, "ops.call.timeout", "1s", "ops.pool.max-workers", "2");
        try (TestServer server = TestServer.start(folder, settings)) {
            server.deploy(bundle());
            server.call("/hostile/honest", 1, "[]");
            for (int i = 0; i < CALLS; i++) {
                long begin = System.nanoTime();
                HttpResponse<String> late = server.post("/hostile/pipes", CALL);
                assertThat(late.statusCode()).as(late.body()).isEqualTo(504);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
            }
            for (int i = 0; i < CALLS; i++) {
                HttpResponse<String> fresh = server.send(server.request("/hostile/honest")
                        .header("OPS-Isolation", "fresh")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(CALL)));
                assertThat(fresh.statusCode()).as(fresh.body()).isEqualTo(200);
            }
            assertThat(server.call("/hostile/honest", 1, "[]").get(0).asInt()).isEqualTo(1);
            Awaitility.await().untilAsserted(() -> assertThat(gone(server)).isEmptyDirectory());
        }
        assertThat(folder.resolve("home/run/workers")).isEmptyDirectory();
    }

    @Test
    void aServerThatWasKilledStartsAgainWhateverIsLeft() throws Exception {
        TestServer killed = ServerProcess.start(folder, Map.of(), ServerProcess.Start.PLAIN);
        killed.deploy(bundle());
        List<CompletableFuture<Void>> calls = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.runAsync(() -> killed.post("/hostile/pipes", CALL)))
                .toList();
        Path workers = killed.home().resolve("run/workers");
        Awaitility.await().until(() -> pipes(workers) > 2);
        long pid = Long.parseLong(
                Files.readString(killed.home().resolve("run/server.pid")).strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        killed.close();
        Process mkfifo =
                new ProcessBuilder("mkfifo", workers.resolve("w77.process").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();

        try (TestServer server = ServerProcess.start(folder, Map.of(), ServerProcess.Start.PLAIN)) {
            assertThat(server.call("/hostile/honest", 1, "[]").get(0).asInt()).isEqualTo(1);
            Awaitility.await().untilAsserted(() -> assertThat(gone(server)).isEmptyDirectory());
            assertThat(pipes(workers)).isZero();
        }
        assertThat(calls).allMatch(call -> call.isDone());
    }

    private static Path gone(TestServer server) {
        return server.home().resolve("run/workers.gone");
    }

    private static long pipes(Path workers) throws Exception {
        try (Stream<Path> all = Files.walk(workers)) {
            return all.filter(path -> path.endsWith("p")).count();
        }
    }
}
