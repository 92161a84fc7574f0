package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.worker.Worker;

/** Asking, waiting, giving back. */
@Timeout(60)
class LeasingTest extends PoolFixture {
    @Test
    void neverStartsOnTheCallersThread() {
        try (Lease lease = lease(A)) {
            call(lease, "echo");
        }

        assertThat(workers.launchThreads()).allMatch(name -> name.startsWith("ops-filler-"));
    }

    @Test
    void askingNeverWaitsForAStart() {
        CountDownLatch gate = holdStarts();

        CompletableFuture<Lease> asked = pool.ask(A, Claims.WARM);

        assertThat(asked).isNotDone();
        assertThat(pool.figures()).isEqualTo(new PoolFigures(2, 0, 0, 1, 1));
        gate.countDown();
        lease(asked).close();
    }

    @Test
    void aWorkerThatCameBackServesTheNextCall() {
        pool.keepOnly(Set.of(A));
        Lease first = lease(A);
        Worker worker = first.worker();
        first.close();

        try (Lease second = lease(A)) {
            assertThat(second.worker()).isSameAs(worker);
        }
        assertThat(workers.launched()).hasSize(1);
    }

    @Test
    void growsWithWaitingCallsUpToTheLimitAndNotBeyond() {
        CountDownLatch gate = holdStarts();
        pool = pool(3);
        List<CompletableFuture<Lease>> asked = new ArrayList<>();
        for (int calls = 1; calls <= 5; calls++) {
            asked.add(pool.ask(A, Claims.WARM));
            assertThat(pool.figures()).isEqualTo(new PoolFigures(3, 0, 0, Math.min(calls, 3), calls));
        }

        gate.countDown();

        eventuallyFigures(3, 3, 0, 2);
        passThrough(asked);
        assertThat(workers.launched()).hasSize(3);
    }

    @Test
    void waitingCallsAreServedInOrder() {
        pool = pool(1);
        List<Integer> order = new ArrayList<>();
        Lease first = lease(A);
        List<CompletableFuture<Void>> served = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            served.add(pool.ask(A, Claims.WARM).thenAccept(lease -> {
                order.add(number);
                lease.close();
            }));
        }

        first.close();

        served.forEach(CompletableFuture::join);
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void aDeadWorkerIsReplaced() {
        pool.keepOnly(Set.of(A));
        Worker dead;
        try (Lease lease = lease(A)) {
            dead = lease.worker();
            assertThatThrownBy(() -> call(lease, "exit")).isInstanceOf(OpsException.class);
        }

        try (Lease lease = lease(A)) {
            assertThat(lease.worker()).isNotSameAs(dead);
            call(lease, "echo");
        }
    }

    @Test
    void aWorkerThatDiedWhileItWasIdleIsNotLent() {
        pool.keepOnly(Set.of(A));
        Lease first = lease(A);
        Worker dead = first.worker();
        first.close();
        workers.processOf(dead).exit(137);

        try (Lease lease = lease(A)) {
            assertThat(lease.worker()).isNotSameAs(dead);
        }
        eventuallyFigures(1, 0, 0, 0);
    }

    @Test
    void theCallThatWaitsForADeadWorkerGetsANewOne() {
        pool = pool(1);
        Lease first = lease(A);
        CompletableFuture<Lease> second = pool.ask(A, Claims.WARM);
        workers.processOf(first.worker()).exit(139);

        first.close();

        try (Lease lease = lease(second)) {
            call(lease, "echo");
        }
    }

    @Test
    void aCallThatGaveUpIsSkipped() {
        pool = pool(1);
        Lease first = lease(A);
        CompletableFuture<Lease> gaveUp = pool.ask(A, Claims.WARM);
        CompletableFuture<Lease> next = pool.ask(A, Claims.WARM);

        gaveUp.cancel(false);
        assertThat(pool.figures().waiting()).isEqualTo(1);
        first.close();

        lease(next).close();
        assertThat(gaveUp).isCancelled();
    }

    @Test
    void nothingIsStartedForACallThatGaveUp() {
        pool = pool(1);
        Lease first = lease(A);
        pool.ask(A, Claims.WARM).cancel(false);
        workers.processOf(first.worker()).exit(1);

        first.close();

        eventuallyFigures(0, 0, 0, 0);
        assertThat(workers.launched()).hasSize(1);
    }

    @Test
    void aLeaseThatComesTooLateGoesBack() {
        CountDownLatch gate = holdStarts();
        pool.keepOnly(Set.of(A));
        CompletableFuture<Lease> gaveUp = pool.ask(A, Claims.WARM);
        gaveUp.cancel(false);

        gate.countDown();

        eventuallyFigures(1, 0, 0, 0);
        lease(A).close();
        assertThat(workers.launched()).hasSize(1);
    }

    @Test
    void givingBackTwiceGivesBackOnce() {
        Lease lease = lease(A);

        lease.close();
        lease.close();

        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void aWorkerOfABundleThatIsNotDeployedEndsAfterItsCall() {
        lease(A).close();

        eventually(() -> assertThat(workers.alive()).isZero());
        eventuallyFigures(0, 0, 0, 0);
    }
}
