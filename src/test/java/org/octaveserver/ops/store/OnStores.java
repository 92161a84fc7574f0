package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.ClaimedJob;
import org.octaveserver.ops.job.Ending;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore;
import org.octaveserver.ops.job.JobStore.ClaimRequest;
import org.octaveserver.ops.job.JobStore.QueueLimits;
import org.octaveserver.ops.job.NewJob;
import org.octaveserver.ops.job.Progress;
import org.octaveserver.ops.job.Viewer;

/** What tests of a store do with it; a store of its own for each test. */
abstract class OnStores {
    static final QueueLimits LIMITS = new QueueLimits(1_000_000, 1_000_000, Long.MAX_VALUE);
    static final JobProblem LOST = new JobProblem(ErrorCode.JOB_INTERRUPTED.name(), "the node is gone");
    static final JobProblem CALLED_OFF = new JobProblem(ErrorCode.JOB_CANCELLED.name(), "by ada");
    static final Viewer OPERATOR = new Viewer(Optional.empty(), true);
    static final String NODE = "node-1";

    @TempDir
    Path directory;

    JobStores stores;

    /** A store that is started; each time the same one. */
    abstract JobStores open();

    @BeforeEach
    void begin() throws Exception {
        stores = open();
    }

    @AfterEach
    void end() {
        stores.stop();
    }

    JobStore jobs() {
        return stores.jobs();
    }

    void restart() {
        stores.stop();
        stores = open();
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OpsException known) {
                throw known;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static ErrorCode refusal(CompletableFuture<?> future) {
        Throwable thrown = catchThrowable(() -> get(future));
        assertThat(thrown).isInstanceOf(OpsException.class);
        return ((OpsException) thrown).code();
    }

    Job submit(NewJob job) {
        JobStore.Submitted submitted = get(jobs().submit(job, LIMITS));
        assertThat(submitted.added()).isTrue();
        return submitted.job();
    }

    Job submit() {
        return submit(Orders.order().build());
    }

    List<ClaimedJob> claim(String node, int most) {
        return get(jobs().claim(new ClaimRequest(node, most, Stores.LEASE, Map.of())));
    }

    ClaimedJob claim() {
        List<ClaimedJob> claimed = claim(NODE, 1);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    JobLease running() {
        submit();
        return begun();
    }

    JobLease begun() {
        JobLease lease = claim().lease();
        assertThat(get(jobs().begin(lease))).isTrue();
        return lease;
    }

    static Ending returned() {
        return new Ending(
                JobState.RETURNED,
                Optional.of(Orders.inline("[42]")),
                Optional.of(Orders.inline("printed")),
                Optional.empty(),
                new Progress(1, ""));
    }

    static Ending ended(JobState state) {
        return new Ending(
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new JobProblem("Octave:some-id", "it threw")),
                Progress.NONE);
    }

    /** A job that has ended. */
    JobId finished() {
        JobLease lease = running();
        assertThat(get(jobs().finish(lease, returned()))).isTrue();
        return lease.job();
    }

    JobState state(JobId id) {
        return jobs().find(id).orElseThrow().state();
    }

    Set<JobLease> renew(JobLease lease, Progress progress, String tail) {
        return get(jobs().renew(Duration.ofSeconds(2), Map.of(lease, new JobStore.Report(progress, tail))));
    }
}
