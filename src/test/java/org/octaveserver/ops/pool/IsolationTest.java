package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.worker.Worker;

/** Calls that need a worker which has run no call, and those that do not mind. */
@Timeout(60)
class IsolationTest extends PoolFixture {
    @Test
    void aFreshCallGetsAWorkerThatNobodyHasUsedAndNobodyUsesAfterIt() {
        pool.keepOnly(Set.of(A));
        Lease warm = lease(A);
        Worker used = warm.worker();
        call(warm, "echo");
        warm.close();

        Worker first;
        try (Lease fresh = fresh(A)) {
            first = fresh.worker();
            assertThat(first).isNotSameAs(used);
            assertThat(first.calls()).isZero();
            call(fresh, "echo");
        }

        eventually(() -> assertThat(first.isUsable()).isFalse());
        try (Lease fresh = fresh(A)) {
            assertThat(fresh.worker()).isNotSameAs(first).isNotSameAs(used);
            assertThat(fresh.worker().calls()).isZero();
        }
    }

    @Test
    void aWarmCallLeavesUnusedWorkersForFreshOnes() {
        pool = pool(new Given(3).minIdle(2));
        pool.keepOnly(Set.of(A));
        eventuallyFigures(2, 0, 0, 0);
        Lease one = lease(A);
        Worker used = one.worker();
        call(one, "echo");
        one.close();

        try (Lease again = lease(A)) {
            assertThat(again.worker()).isSameAs(used);
            try (Lease fresh = fresh(A)) {
                assertThat(fresh.worker().calls()).isZero();
            }
        }
    }

    @Test
    void aWarmCallTakesAnUnusedWorkerRatherThanWaiting() {
        pool = pool(new Given(1).minIdle(1));
        pool.keepOnly(Set.of(A));
        eventuallyFigures(1, 0, 0, 0);

        lease(A).close();

        assertThat(workers.launched()).hasSize(1);
    }

    @Test
    void theNextFreshWorkersAreStartedBeforeTheyAreAskedFor() {
        pool = pool(4);
        pool.keepOnly(Set.of(A));
        Lease fresh = fresh(A);

        // As many as may start at once.
        eventuallyFigures(3, 1, 0, 0);

        call(fresh, "echo");
        fresh.close();
        eventuallyFigures(2, 0, 0, 0);
        CompletableFuture<Lease> next = pool.ask(A, Claims.FRESH);
        assertThat(next).isDone();
        lease(next).close();
    }

    @Test
    void aFreshWorkerThatWasNotUsedAfterAllIsKept() {
        pool = pool(1);
        pool.keepOnly(Set.of(A));
        Lease unused = fresh(A);
        Worker worker = unused.worker();
        unused.close();

        try (Lease next = fresh(A)) {
            assertThat(next.worker()).isSameAs(worker);
        }
    }

    @Test
    void anIdleUsedWorkerOfTheSameBundleMakesRoom() {
        pool = pool(1);
        pool.keepOnly(Set.of(A));
        Lease warm = lease(A);
        call(warm, "echo");
        warm.close();

        try (Lease fresh = fresh(A)) {
            assertThat(fresh.worker()).isNotSameAs(warm.worker());
        }
        eventually(() -> assertThat(warm.worker().isUsable()).isFalse());
    }

    @Test
    void aFreshCallIsNotOvertakenByWarmOnesForEver() {
        pool = pool(new Given(1).giveWayAfter(Duration.ofHours(1)));
        pool.keepOnly(Set.of(A));
        Lease busy = lease(A);
        call(busy, "echo");
        CompletableFuture<Lease> fresh = pool.ask(A, Claims.FRESH);
        CompletableFuture<Lease> warm = pool.ask(A, Claims.WARM);

        busy.close();

        Lease first = lease(fresh);
        assertThat(warm).isNotDone();
        call(first, "echo");
        first.close();
        lease(warm).close();
    }

    @Test
    void warmCallsGoOnWhileAFreshOneIsStarted() {
        pool = pool(2);
        pool.keepOnly(Set.of(A));
        Lease busy = lease(A);
        call(busy, "echo");
        CountDownLatch gate = holdStarts();
        CompletableFuture<Lease> fresh = pool.ask(A, Claims.FRESH);
        CompletableFuture<Lease> warm = pool.ask(A, Claims.WARM);

        busy.close();

        lease(warm).close();
        assertThat(fresh).isNotDone();
        gate.countDown();
        lease(fresh).close();
    }
}
