package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;

/** The fake listens to those only to whom the real stores do. */
class MemoryStoreTest {
    private static final JobProblem LOST = new JobProblem(ErrorCode.JOB_INTERRUPTED.name(), "the node is gone");
    private static final Ending FAILED =
            new Ending(JobState.ERROR, Optional.empty(), Optional.empty(), Optional.of(LOST), Progress.NONE);

    @TempDir
    Path directory;

    private final MemoryStore store = new MemoryStore(InstantSource.system());

    private JobLease begun() {
        store.submit(NewJobs.job(new PayloadFiles(directory), "demo", NewJobs.ONCE), NewJobs.UNLIMITED)
                .join();
        JobLease lease = store.claim(new JobStore.ClaimRequest("n", 1, Duration.ofHours(1), Map.of()))
                .join()
                .get(0)
                .lease();
        store.begin(lease).join();
        return lease;
    }

    @Test
    void takesNoLateEndingForThatOfAJobThatWaitsAgain() {
        JobLease late = begun();
        store.giveBack(late).join();
        assertThat(store.finish(late, FAILED).join()).isFalse();
        assertThat(store.find(late.job()).orElseThrow().state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void takesNoLateErrorForTheOneThatTheRecoveryHasWritten() {
        JobLease late = begun();
        store.lose("n");
        store.recover("m", LOST).join();
        assertThat(store.find(late.job()).orElseThrow().state()).isEqualTo(JobState.ERROR);
        assertThat(store.finish(late, FAILED).join()).isFalse();
    }

    @Test
    void acknowledgesAnEndingThatIsRepeated() {
        JobLease lease = begun();
        assertThat(store.finish(lease, FAILED).join()).isTrue();
        assertThat(store.finish(lease, FAILED).join()).isTrue();
    }
}
