package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobState;

/** What was accepted is there after the process that accepted it was killed. */
class KilledStoreIT {
    private static final int ACCEPTED = 500;

    @TempDir
    Path directory;

    @Test
    void losesNothingThatSqliteAccepted() throws Exception {
        List<JobId> accepted = acceptedBeforeTheKill(directory.toString());
        check(Stores.sqlite(directory), accepted);
    }

    @Test
    void losesNothingThatPostgresAccepted() throws Exception {
        try (RealPostgres server = RealPostgres.start()) {
            String url = server.fresh();
            List<JobId> accepted = acceptedBeforeTheKill(directory.toString(), url);
            server.crash();
            server.again();
            check(Stores.postgres(url, directory), accepted);
        }
    }

    private static void check(JobStores stores, List<JobId> accepted) {
        try {
            assertThat(accepted)
                    .allSatisfy(id -> assertThat(stores.jobs().find(id))
                            .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(JobState.QUEUED)));
            assertThat(stores.jobs().open().get(JobState.QUEUED)).isGreaterThanOrEqualTo(accepted.size());
        } finally {
            stores.stop();
        }
    }

    private static List<JobId> acceptedBeforeTheKill(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SubmittingProcess.class.getName()));
        command.addAll(Arrays.asList(args));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<JobId> accepted = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JobId.parse(line).ifPresent(accepted::add);
                if (accepted.size() == ACCEPTED) {
                    // Not by the process itself, which would close the stream as well.
                    assertThat(process.toHandle().destroyForcibly()).isTrue();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(ACCEPTED);
        return accepted;
    }
}
