package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Functions harm their workers in all ways at once, and workers and templates are killed and stopped at random: every call
 * is answered, with its own value or its own error, and afterwards the server is as it was before. Runs for
 * {@code ops.test.chaos} seconds.
 */
class ChaosIT {
    private static final Logger LOG = LogManager.getLogger(ChaosIT.class);
    private static final long SECONDS = Long.getLong("ops.test.chaos", 6);
    private static final int CLIENTS = 8;
    private static final int CALLS_AFTERWARDS = 100;
    private static final Duration QUIET = Duration.ofSeconds(60);
    private static final long MORE_RESIDENT_KB = 48 * 1024;
    private static final long MORE_HEAP_KB = 8 * 1024;
    private static final int MORE_DESCRIPTORS = 10;
    private static final int MORE_THREADS = 10;

    @TempDir
    Path folder;

    /** What the server had when calls had warmed it up. */
    private record Before(long resident, long heap, int descriptors, int threads) {
        static Before of(Footprint footprint) throws IOException {
            return new Before(footprint.resident(), footprint.liveHeap(), footprint.descriptors(), footprint.threads());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "portable"})
    void noUserCodeAndNoSignalHarmsTheServer(String implementation) throws Exception {
        ServerProcess.Start start = new ServerProcess.Start(
                List.of(),
                List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
                ServerProcess.Start.PLAIN.main());
        Map<String, String> settings = Map.of(
                "ops.worker.implementation",
                implementation,
                "ops.pool.max-workers",
                "6",
                // A template that is stopped while it starts is waited for as long.
                "ops.worker.start-timeout",
                "6s");
        TestServer server = ServerProcess.start(folder, settings, start);
        Footprint footprint = new Footprint(server.home(), server.process().pid());
        try (server) {
            assertThat(server.deploy(ChaosBundle.zip(), "").statusCode()).isEqualTo(201);
            Run run = new Run(server, footprint, ChaosClient.outcomes());
            run.rage(Math.max(3, SECONDS / 5));
            run.awaitQuiet();
            Before before = Before.of(footprint);
            run.rage(SECONDS);
            LOG.info("{}: {}", implementation, run.outcomes());
            assertThat(run.outcomes()).containsKey("tag answered");
            run.awaitQuiet();
            run.compare(before);
            assertThat(server.process().text()).doesNotContain("error=INTERNAL", "OutOfMemory");
        }
        await().atMost(QUIET).untilAsserted(() -> {
            assertThat(footprint.processes()).isEmpty();
            assertThat(footprint.entries("run/workers")).isEmpty();
        });
    }

    /** A server under attack. */
    private record Run(TestServer server, Footprint footprint, Map<String, AtomicLong> outcomes) {
        void rage(long seconds) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
            List<ChaosClient> clients = new ArrayList<>();
            ChaosKiller killer = new ChaosKiller(footprint, seconds);
            List<Future<?>> running = new ArrayList<>(List.of(threads.submit(killer)));
            for (int i = 0; i < CLIENTS; i++) {
                ChaosClient client = new ChaosClient(server, i, outcomes);
                clients.add(client);
                running.add(threads.submit(client));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end && running.stream().noneMatch(Future::isDone)) {
                Thread.sleep(50);
            }
            killer.stop();
            clients.forEach(ChaosClient::stop);
            threads.shutdown();
            for (Future<?> one : running) {
                one.get(QUIET.toSeconds(), TimeUnit.SECONDS);
            }
        }

        /** Stopped processes may be met by calls yet; when none is left, all calls are answered and nothing else runs. */
        void awaitQuiet() {
            await().atMost(QUIET).untilAsserted(() -> {
                for (int i = 0; i < CALLS_AFTERWARDS; i++) {
                    assertThat(server.call("/chaos/tag", 1, "[" + i + "]").toString())
                            .isEqualTo("[" + i + "]");
                }
            });
            await().atMost(QUIET).untilAsserted(() -> {
                JsonNode workers =
                        TestServer.json(server.getAsAdmin("/api/v1/status")).get("workers");
                int running = workers.get("running").asInt();
                assertThat(workers.get("busy").asInt()).isZero();
                assertThat(workers.get("waiting").asInt()).isZero();
                assertThat(workers.get("starting").asInt()).isZero();
                List<Long> octaves = footprint.workersAndTemplates();
                assertThat(footprint.processes()).isEqualTo(octaves);
                assertThat(octaves.size()).isBetween(running, running + 1);
                assertThat(footprint.entries("run/workers")).hasSameSizeAs(octaves);
                assertThat(footprint.zombies()).isEmpty();
            });
        }

        void compare(Before before) {
            await().atMost(QUIET).untilAsserted(() -> {
                Before now = Before.of(footprint);
                assertThat(now.descriptors()).isLessThanOrEqualTo(before.descriptors() + MORE_DESCRIPTORS);
                assertThat(now.threads()).isLessThanOrEqualTo(before.threads() + MORE_THREADS);
                assertThat(now.heap()).isLessThanOrEqualTo(before.heap() + MORE_HEAP_KB);
                assertThat(now.resident()).isLessThanOrEqualTo(before.resident() + MORE_RESIDENT_KB);
            });
        }
    }
}
