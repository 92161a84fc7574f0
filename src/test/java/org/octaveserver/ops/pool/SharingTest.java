package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerSpec;

/** Several bundles under one limit. */
@Timeout(60)
class SharingTest extends PoolFixture {
    private Worker idle(WorkerSpec key) {
        try (Lease lease = lease(key)) {
            return lease.worker();
        }
    }

    @Test
    void theIdleWorkerAskedForLongestAgoGivesWay() {
        pool = pool(2);
        pool.keepOnly(Set.of(A, B, C));
        Worker a = idle(A);
        Worker b = idle(B);
        idle(A);

        try (Lease lease = lease(C)) {
            call(lease, "echo");
            eventually(() -> assertThat(b.isUsable()).isFalse());
            assertThat(a.isUsable()).isTrue();
        }
        eventuallyFigures(2, 0, 0, 0);
    }

    @Test
    void aDeadIdleWorkerGivesWayToo() {
        pool = pool(1);
        pool.keepOnly(Set.of(A, B));
        workers.processOf(idle(A)).exit(1);

        lease(B).close();

        assertThat(workers.launched()).containsExactly(A, B);
    }

    @Test
    void noBusyWorkerIsTakenFromItsCall() {
        pool = pool(new Given(1).giveWayAfter(Duration.ZERO));
        pool.keepOnly(Set.of(A, B));
        Lease busy = lease(A);
        CompletableFuture<Lease> waiting = pool.ask(B, Claims.WARM);

        call(busy, "echo");
        assertThat(waiting).isNotDone();
        busy.close();

        lease(waiting).close();
    }

    @Test
    void aStarvingBundleGetsRoomAfterGiveWayAfter() {
        pool = pool(new Given(1).giveWayAfter(Duration.ofMillis(1)));
        pool.keepOnly(Set.of(A, B));
        Lease busy = lease(A);
        CompletableFuture<Lease> starving = pool.ask(B, Claims.WARM);
        CompletableFuture<Lease> behind = pool.ask(A, Claims.WARM);
        awaitMillis(5);

        busy.close();

        try (Lease lease = lease(starving)) {
            call(lease, "echo");
            assertThat(behind).isNotDone();
        }
        lease(behind).close();
    }

    @Test
    void beforeGiveWayAfterABundleKeepsItsWorkers() {
        pool = pool(new Given(1).giveWayAfter(Duration.ofHours(1)));
        pool.keepOnly(Set.of(A, B));
        Lease busy = lease(A);
        CompletableFuture<Lease> patient = pool.ask(B, Claims.WARM);
        CompletableFuture<Lease> behind = pool.ask(A, Claims.WARM);

        busy.close();

        Lease second = lease(behind);
        assertThat(patient).isNotDone();
        second.close();
        lease(patient).close();
    }

    @Test
    void roomGoesToABundleWithoutWorkersFirst() {
        pool = pool(new Given(2).giveWayAfter(Duration.ZERO));
        pool.keepOnly(Set.of(A, B));
        Lease first = lease(A);
        Lease second = lease(A);
        CompletableFuture<Lease> more = pool.ask(A, Claims.WARM);
        CompletableFuture<Lease> starving = pool.ask(B, Claims.WARM);
        awaitMillis(2);

        first.close();

        lease(starving).close();
        second.close();
        lease(more).close();
    }

    /** Both have served for long enough to make room for a bundle that has none. */
    @Test
    void twoBundlesThatAreCalledInTurnDoNotTakeEachOthersLastWorker() {
        pool = pool(new Given(2).giveWayAfter(Duration.ofSeconds(1)));
        pool.keepOnly(Set.of(A, B));
        Lease first = lease(A);
        Lease second = lease(B);
        awaitMillis(1100);

        first.close();
        CompletableFuture<Lease> more = pool.ask(B, Claims.WARM);

        assertThat(pool.figures().starting()).isZero();
        second.close();
        lease(more).close();
    }

    @Test
    void aCallThatGaveUpDoesNotStarve() {
        pool = pool(new Given(1).giveWayAfter(Duration.ZERO));
        pool.keepOnly(Set.of(A, B));
        Lease busy = lease(A);
        pool.ask(B, Claims.WARM).cancel(false);

        busy.close();

        assertThat(busy.worker().isUsable()).isTrue();
        eventuallyFigures(1, 0, 0, 0);
    }

    @Test
    void manyBundlesWaitSideBySide() {
        pool = pool(30);
        CountDownLatch gate = holdStarts();
        List<WorkerSpec> keys = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            keys.add(FakeWorkers.spec("bundle-" + i));
        }
        pool.keepOnly(Set.copyOf(keys));
        Random random = new Random(3);
        List<CompletableFuture<Lease>> asked = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            asked.add(pool.ask(keys.get(random.nextInt(keys.size())), Claims.WARM));
            if (asked.size() > 100) {
                asked.remove(random.nextInt(asked.size())).cancel(false);
            }
        }
        assertThat(pool.figures().waiting()).isEqualTo(100);

        gate.countDown();

        passThrough(asked);
        eventually(() -> assertThat(pool.figures().waiting()).isZero());
    }

    @Test
    void neverMoreWorkersThanTheLimitWhoeverAsks() {
        pool = pool(new Given(3).minIdle(2));
        pool.keepOnly(Set.of(A, B, C));
        List<CompletableFuture<Lease>> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (WorkerSpec key : List.of(A, B, C)) {
                asked.add(pool.ask(key, Claims.WARM));
                PoolFigures figures = pool.figures();
                assertThat(figures.running() + figures.starting()).isLessThanOrEqualTo(3);
            }
        }
        passThrough(asked);
    }

    private static void awaitMillis(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        eventually(() -> assertThat(System.nanoTime() - end).isPositive());
    }
}
