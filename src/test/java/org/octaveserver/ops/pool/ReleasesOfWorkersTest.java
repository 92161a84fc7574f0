package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerSpec;

/** What a new release does to the pool: preparing, keeping, letting go. */
@Timeout(60)
class ReleasesOfWorkersTest extends PoolFixture {
    @Test
    void eachDeployedBundleHasItsIdleWorkers() {
        pool = pool(new Given(5).minIdle(2));

        pool.keepOnly(Set.of(A, B));

        eventuallyFigures(4, 0, 0, 0);
        assertThat(workers.launched()).containsExactlyInAnyOrder(A, A, B, B);
    }

    @Test
    void idleWorkersAreKeptOnlyAsFarAsTheLimitAllows() {
        pool = pool(new Given(3).minIdle(2));

        pool.keepOnly(Set.of(A, B));

        eventuallyFigures(3, 0, 0, 0);
    }

    @Test
    void aWorkerThatDiedInACallIsReplacedBeforeAnybodyAsks() {
        pool = pool(new Given(2).minIdle(1));
        pool.keepOnly(Set.of(A));
        Lease lease = lease(A);
        workers.processOf(lease.worker()).exit(1);

        lease.close();

        eventuallyFigures(1, 0, 0, 0);
        assertThat(workers.alive()).isEqualTo(1);
    }

    @Test
    void idleWorkersOfTheOldReleaseEnd() {
        pool = pool(new Given(4).minIdle(1));
        pool.keepOnly(Set.of(A));
        Lease lease = lease(A);
        Worker old = lease.worker();
        lease.close();

        pool.keepOnly(Set.of(B));

        eventually(() -> assertThat(old.isUsable()).isFalse());
        eventuallyFigures(1, 0, 0, 0);
        assertThat(workers.launched()).containsExactly(A, B);
    }

    @Test
    void startsOtherVersionsOnlyWhenTheyAreCalledAndKeepsThemThen() {
        pool = pool(new Given(4).minIdle(1));
        pool.keepOnly(Set.of(A, B), Set.of(A));
        eventuallyFigures(1, 0, 0, 0);
        assertThat(workers.launched()).containsExactly(A);

        Lease lease = lease(B);
        Worker worker = lease.worker();
        lease.close();

        eventuallyFigures(2, 0, 0, 0);
        assertThat(worker.isUsable()).isTrue();
    }

    @Test
    void aVersionThatIsTheDefaultNoMoreMakesRoomForTheNewOne() {
        pool = pool(new Given(1).minIdle(1));
        pool.keepOnly(Set.of(A));
        Lease lease = lease(A);
        Worker old = lease.worker();
        lease.close();

        pool.keepOnly(Set.of(A, B), Set.of(B));

        eventually(() -> assertThat(old.isUsable()).isFalse());
        eventually(() -> assertThat(workers.launched()).containsExactly(A, B));
    }

    @Test
    void busyWorkersOfTheOldReleaseFinishTheirCall() {
        pool.keepOnly(Set.of(A));
        Lease busy = lease(A);

        pool.keepOnly(Set.of(B));

        call(busy, "echo");
        assertThat(busy.worker().isUsable()).isTrue();
        busy.close();
        eventually(() -> assertThat(busy.worker().isUsable()).isFalse());
    }

    @Test
    void callsThatStillWaitForTheOldReleaseAreServed() {
        pool = pool(1);
        pool.keepOnly(Set.of(A));
        Lease busy = lease(A);
        CompletableFuture<Lease> waiting = pool.ask(A, Claims.WARM);

        pool.keepOnly(Set.of(B));
        busy.close();

        lease(waiting).close();
        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void aWorkerOfTheOldReleaseThatIsStartingEndsWhenItIsReady() {
        pool = pool(new Given(2).minIdle(1));
        CountDownLatch gate = holdStarts();
        pool.keepOnly(Set.of(A));

        pool.keepOnly(Set.of());
        gate.countDown();

        eventuallyFigures(0, 0, 0, 0);
        eventually(() -> assertThat(workers.alive()).isZero());
    }

    @Test
    void preparingWaitsUntilEachBundleHasAWorker() {
        pool = pool(new Given(4).minIdle(1));
        CountDownLatch gate = holdStarts();
        CompletableFuture<Void> prepared =
                CompletableFuture.runAsync(() -> pool.prepare(Set.of(A, B), Deadline.after(LONG)));
        eventually(() -> assertThat(pool.figures().starting()).isEqualTo(2));
        assertThat(prepared).isNotDone();

        gate.countDown();

        prepared.orTimeout(5, TimeUnit.SECONDS).join();
        assertThat(pool.figures().running()).isEqualTo(2);
    }

    @Test
    void preparingLeavesTheOldReleaseAlone() {
        pool = pool(new Given(4).minIdle(1));
        pool.keepOnly(Set.of(A));
        eventuallyFigures(1, 0, 0, 0);

        pool.prepare(Set.of(B), Deadline.after(LONG));

        assertThat(pool.figures().running()).isEqualTo(2);
    }

    @Test
    void preparingEndsAtItsDeadline() {
        pool = pool(new Given(4).minIdle(1));
        CountDownLatch gate = holdStarts();

        Deadline deadline = Deadline.after(Duration.ofMillis(30));
        pool.prepare(Set.of(A), deadline);

        assertThat(deadline.passed()).isTrue();
        gate.countDown();
    }

    @Test
    void preparingDoesNotWaitForRoom() {
        pool = pool(new Given(1).minIdle(1));
        Lease busy = lease(A);

        Deadline deadline = Deadline.after(LONG);
        pool.prepare(Set.of(B), deadline);

        assertThat(deadline.passed()).isFalse();
        busy.close();
    }

    @Test
    void preparingWithoutIdleWorkersWaitsForNothing() {
        Deadline deadline = Deadline.after(LONG);
        pool.prepare(Set.of(A), deadline);

        assertThat(deadline.passed()).isFalse();
        assertThat(workers.launched()).isEmpty();
    }

    @Test
    void anInterruptedPreparationEndsWithTheFlagSet() {
        pool = pool(new Given(4).minIdle(1));
        CountDownLatch gate = holdStarts();
        Thread.currentThread().interrupt();

        pool.prepare(Set.of(A), Deadline.after(LONG));

        assertThat(Thread.interrupted()).isTrue();
        gate.countDown();
    }

    @Test
    void twoHundredBundlesThatNobodyCallsHaveNoWorker() {
        pool = pool(20);
        Set<WorkerSpec> deployed = IntStream.range(0, 200)
                .mapToObj(i -> FakeWorkers.spec("bundle-" + i + "@1"))
                .collect(Collectors.toSet());

        pool.prepare(deployed, Deadline.after(LONG));
        pool.keepOnly(deployed);
        deployed.stream().limit(5).forEach(key -> lease(key).close());

        eventuallyFigures(5, 0, 0, 0);
        assertThat(workers.launched()).hasSize(5);
    }
}
