package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.store.RealPostgres;

/**
 * Servers that are killed again and again while clients submit, cancel and delete jobs: each accepted one has one outcome, and what
 * must not run twice does not. A few times here; {@code -Dops.test.kills=50} and {@code -Dops.test.jobs=2000} do it for longer.
 */
class KilledJobsIT {
    private static final Logger LOG = LogManager.getLogger(KilledJobsIT.class);
    private static final int KILLS = Integer.getInteger("ops.test.kills", 3);
    private static final int JOBS = Integer.getInteger("ops.test.jobs", 120);
    private static final int CLIENTS = 4;
    private static final int LONGEST_LIFE_MILLIS = 1500;

    @TempDir
    Path folder;

    private final Random random = new Random(7);

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("ops.pool.max-workers", "2");
        settings.put("ops.sandbox.mode", "none");
        settings.put("ops.jobs.poll-interval", "200ms");
        settings.put("ops.jobs.clean-interval", "500ms");
        settings.put("ops.jobs.max-attempts", "1000");
        return settings;
    }

    @Test
    void eachJobHasOneOutcomeHoweverOftenItsServerIsKilled() throws Exception {
        Servers servers = new Servers(List.of(folder), settings(Map.of()));
        JobsUnderFire fire = new JobsUnderFire(folder, client -> servers.get(0));
        try (servers) {
            servers.get(0).deploy(fire.bundle());
            underFire(fire, () -> servers.killAndRestart(0));
            LOG.info("outcomes={}", fire.account());
            fire.leaveNothing(folder.resolve("home/jobs/payloads"));
        }
        assertNobodyIsLeft();
    }

    @Test
    void eachJobHasOneOutcomeWhenOneOfTwoNodesIsKilled() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            Map<String, String> settings = settings(Map.of(
                    "ops.jobs.url",
                    postgres.fresh(),
                    "ops.jobs.user",
                    "ops",
                    "ops.jobs.lease",
                    "2s",
                    "ops.jobs.orphan-patience",
                    "2s",
                    "ops.callbacks.secret",
                    "of both",
                    "ops.jobs.directory",
                    folder.resolve("jobs").toString(),
                    "ops.bundles.directory",
                    folder.resolve("bundles").toString()));
            Servers servers = new Servers(List.of(folder.resolve("one"), folder.resolve("two")), settings);
            JobsUnderFire fire = new JobsUnderFire(folder, client -> servers.get(client % 2));
            try (servers) {
                servers.get(0).deploy(fire.bundle());
                Awaitility.await()
                        .atMost(20, TimeUnit.SECONDS)
                        .until(() -> servers.get(1).get("/api/discovery").body().contains("fire"));
                underFire(fire, () -> servers.killAndRestart(1));
                LOG.info("outcomes={}", fire.account());
                fire.leaveNothing(folder.resolve("jobs/payloads"));
            }
        }
        assertNobodyIsLeft();
    }

    private void underFire(JobsUnderFire fire, Runnable kill) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                all.add(clients.submit(() -> fire.work(client, JOBS)));
            }
            for (int i = 0; i < KILLS; i++) {
                Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
                kill.run();
            }
            for (Future<Void> one : all) {
                one.get(10, TimeUnit.MINUTES);
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(fire.accepted()).isEqualTo(JOBS);
    }

    /** Workers bear the directory of their server in their environment. */
    private void assertNobodyIsLeft() {
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses().filter(this::isOurs))
                        .isEmpty());
    }

    private boolean isOurs(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return process.pid() != ProcessHandle.current().pid()
                    && new String(environment, StandardCharsets.ISO_8859_1).contains(folder.toString());
        } catch (IOException e) {
            return false;
        }
    }

    /** Servers with directories of their own. */
    private static final class Servers implements AutoCloseable {
        private final List<Path> folders;
        private final Map<String, String> settings;
        private final AtomicReferenceArray<TestServer> running;

        Servers(List<Path> folders, Map<String, String> settings) {
            this.folders = folders;
            this.settings = settings;
            this.running = new AtomicReferenceArray<>(folders.size());
            for (int i = 0; i < folders.size(); i++) {
                start(i);
            }
        }

        private void start(int which) {
            running.set(which, ServerProcess.start(folders.get(which), settings, ServerProcess.Start.PLAIN));
        }

        TestServer get(int which) {
            return running.get(which);
        }

        void killAndRestart(int which) {
            ProcessHandle process = ProcessHandle.of(get(which).process().pid()).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            start(which);
        }

        @Override
        public void close() {
            for (int i = 0; i < folders.size(); i++) {
                get(i).process().close();
            }
        }
    }
}
