package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that nobody calls, with warm workers. */
class IdleServerIT {
    private static final Logger LOG = LogManager.getLogger(IdleServerIT.class);
    private static final int WORKERS = 10;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    /** What the JVM compiles and collects after its start is not what it does for long: a poll would be in each of them. */
    private static final int WINDOWS = 4;

    private static final double MOST = 0.01;

    @TempDir
    Path folder;

    @Test
    void usesLessThanAHundredthOfAProcessor() throws InterruptedException {
        Map<String, String> settings = Map.of("ops.pool.max-workers", "" + WORKERS, "ops.pool.min-idle", "" + WORKERS);
        try (TestServer server = ServerProcess.start(folder, settings, ServerProcess.Start.PLAIN)) {
            assertThat(server.deploy(
                                    TestBundle.named("idle")
                                            .function("r = one ()", "r = 1;")
                                            .zip(),
                                    "")
                            .statusCode())
                    .isEqualTo(201);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> TestServer.json(server.getAsAdmin("/api/v1/status"))
                                    .at("/workers/running")
                                    .asInt()
                            == WORKERS);
            assertThat(server.call("/idle/one", 1, "[]").toString()).isEqualTo("[1]");
            double least = 1;
            ProcessHandle process = ProcessHandle.of(server.process().pid()).orElseThrow();
            for (int i = 0; i < WINDOWS && least >= MOST; i++) {
                least = Math.min(least, load(process));
            }
            assertThat(least).isLessThan(MOST);
        }
    }

    /** Of one processor, with what it runs. */
    private static double load(ProcessHandle server) throws InterruptedException {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        Duration before = cpu(all);
        Thread.sleep(WINDOW.toMillis());
        double load = (double) cpu(all).minus(before).toNanos() / WINDOW.toNanos();
        LOG.info("an idle server with {} processes: {} of a processor", all.size(), load);
        return load;
    }

    private static Duration cpu(List<ProcessHandle> processes) {
        return processes.stream()
                .flatMap(one -> one.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
