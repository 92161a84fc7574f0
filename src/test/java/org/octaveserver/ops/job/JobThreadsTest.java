package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.job.FakeFunctions.FakeRun;

/** Which threads a node's jobs hold, and which they do not. */
class JobThreadsTest extends RunnerFixture {
    /** Which thread goes on when a job may begin, or may not. */
    private String threadOf(FakeRun run) throws Exception {
        CountDownLatch attached = new CountDownLatch(1);
        // Else it might be over before anybody waits for it, and go on here.
        beginnings.execute(() -> FakeFunctions.await(attached));
        beginnings.execute(() -> FakeFunctions.await(attached));
        CompletableFuture<String> thread = run.listener
                .begins()
                .handle((arguments, failure) -> Thread.currentThread().getName() + " " + failure);
        attached.countDown();
        return thread.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoeverWritesToAWorkerIsNotTheThreadOfTheStore() throws Exception {
        JobId unused = submit("demo", NewJobs.ONCE);
        assertThat(threadOf(run(0))).startsWith("ops-begin-test").endsWith("null");
    }

    @Test
    void whoeverGivesAWorkerBackIsNotTheThreadOfTheStore() throws Exception {
        JobId lost = submit("demo", NewJobs.ONCE);
        FakeRun run = run(0);
        store.cancel(lost, new JobProblem("JOB_CANCELLED", "enough")).join();
        assertThat(threadOf(run)).startsWith("ops-begin-test").contains("not this node's any more");
    }

    @Test
    void whatIsLostIsStoppedOnceAndWhoeverRenewsDoesNotWaitForThat() throws Exception {
        JobId unused = submit("demo", NewJobs.ONCE);
        FakeRun run = run(0);
        run.begins();
        CountDownLatch killed = new CountDownLatch(1);
        run.killing = killed;
        Set<JobLease> leases = runner.active().stream().map(JobRun::lease).collect(Collectors.toSet());

        runner.lost(leases);
        await().atMost(SOON).until(() -> run.cancels.get() == 1);
        runner.lost(leases);
        killed.countDown();

        await().atMost(SOON).until(() -> runner.active().isEmpty());
        assertThat(run.cancels).hasValue(1);
    }
}
