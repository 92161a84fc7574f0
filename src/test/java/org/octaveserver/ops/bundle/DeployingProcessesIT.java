package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that know nothing of each other, on one directory. */
class DeployingProcessesIT {
    private static final int ROUNDS = 25;
    private static final int DEPLOYERS = 3;
    private static final int BATCHES = Integer.getInteger("ops.test.batches", 40);

    @TempDir
    Path root;

    @Test
    void losesNoChangeOfProcessesThatRace() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            processes.add(start(name, Integer.toString(ROUNDS)));
        }
        for (Process process : processes) {
            assertThat(exit(process)).isZero();
        }
        Bundles fresh = new Bundles(root);
        assertThat(fresh.visible()).containsExactly("a 1.24", "b 1.24", "c 1.24");
        assertThat(fresh.releases.history()).hasSize(3 * ROUNDS);
        assertThat(fresh.incoming()).isEmpty();
    }

    @Test
    void ordersWhatProcessesThatRaceChangeInMany() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int seed = 1; seed <= DEPLOYERS; seed++) {
            processes.add(start(
                    BatchingProcess.class,
                    journal(seed).toString(),
                    Integer.toString(seed),
                    Integer.toString(BATCHES)));
        }
        for (Process process : processes) {
            assertThat(exit(process)).isZero();
        }
        BatchJournal journal = new BatchJournal();
        for (int seed = 1; seed <= DEPLOYERS; seed++) {
            journal.read(journal(seed));
        }
        assertThat(journal.lines()).isEqualTo(DEPLOYERS * BATCHES);
        assertThat(journal.refused()).as("nobody raced").contains("RELEASE_CHANGED");
        Bundles fresh = new Bundles(root);
        journal.check(fresh);
        assertThat(fresh.incoming()).isEmpty();
    }

    private Path journal(int seed) {
        return root.resolve("journal" + seed);
    }

    @ParameterizedTest
    @EnumSource
    void showsTheOldOrTheNewReleaseAfterACrash(DeploymentStep step) throws Exception {
        new Bundles(root).deploy(folder("x", "0.1", "").tarGz());
        assertThat(exit(start("x", "1", step.name()))).isEqualTo(DeployingProcess.DIED);

        Bundles fresh = new Bundles(root);
        assertThat(fresh.incoming()).isNotEmpty();
        assertThat(fresh.visible()).containsExactly(step == DeploymentStep.SWITCHED ? "x 1.0" : "x 0.1");
        fresh.deployer.start();
        assertThat(fresh.incoming()).isEmpty();
        boolean stands = step.compareTo(DeploymentStep.RELEASE_WRITTEN) >= 0;
        assertThat(fresh.visible()).containsExactly(stands ? "x 1.0" : "x 0.1");
        assertThat(fresh.deploy(folder("x", "1.0", "").tarGz())
                        .published()
                        .release()
                        .number())
                .isEqualTo(2);
    }

    private Process start(String... args) throws IOException {
        return start(DeployingProcess.class, args);
    }

    private Process start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                root.toString()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static int exit(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
