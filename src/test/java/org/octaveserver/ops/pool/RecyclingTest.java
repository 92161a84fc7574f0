package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerSpec;

/** Workers that have served long enough, or wait in vain. */
@Timeout(60)
class RecyclingTest extends PoolFixture {
    private static final RecyclingPolicy NEVER = new RecyclingPolicy(0, Duration.ZERO, 0, Duration.ofHours(1));

    private Worker used(WorkerSpec key) {
        try (Lease lease = lease(key)) {
            call(lease, "echo");
            return lease.worker();
        }
    }

    @Test
    void aWorkerEndsAfterItsLastCall() {
        pool = pool(new Given(1).policy(new RecyclingPolicy(2, Duration.ZERO, 0, Duration.ofHours(1))));
        pool.keepOnly(Set.of(A));

        Worker first = used(A);
        assertThat(used(A)).isSameAs(first);
        assertThat(used(A)).isNotSameAs(first);

        assertThat(pool.recycled()).isEqualTo(Map.of(RecycleReason.CALLS, 1L));
        eventually(() -> assertThat(workers.alive()).isEqualTo(1));
    }

    @Test
    void aWorkerThatOccupiesTooMuchAfterACallEnds() {
        // The fakes occupy 1024 bytes.
        pool = pool(new Given(1).policy(new RecyclingPolicy(0, Duration.ZERO, 1023, Duration.ofHours(1))));
        pool.keepOnly(Set.of(A));

        Worker first = used(A);

        assertThat(used(A)).isNotSameAs(first);
        assertThat(pool.recycled()).containsKey(RecycleReason.MEMORY);
    }

    @Test
    void anOldWorkerEndsAlsoWhenNobodyCallsIt() {
        pool = pool(new Given(1).policy(new RecyclingPolicy(0, Duration.ofNanos(1), 0, Duration.ofHours(1))));
        pool.keepOnly(Set.of(A));
        lease(A).close();

        pool.sweep();

        eventuallyFigures(0, 0, 0, 0);
        assertThat(pool.recycled()).containsKey(RecycleReason.AGE);
    }

    @Test
    void shrinksToMinIdleWhenNobodyCalls() {
        pool = pool(new Given(4).minIdle(1).policy(new RecyclingPolicy(0, Duration.ZERO, 0, Duration.ofMillis(1))));
        pool.keepOnly(Set.of(A, B), Set.of(A));
        Lease one = lease(A);
        Lease other = lease(A);
        lease(B).close();
        one.close();
        other.close();

        eventually(() -> {
            pool.sweep();
            eventuallyFigures(1, 0, 0, 0);
        });
        assertThat(pool.recycled()).containsKey(RecycleReason.IDLE);
        lease(A).close();
    }

    @Test
    void anOperatorHasIdleWorkersEndNowAndBusyOnesAfterTheirCall() {
        // No room for one that is started ahead where two run side by side.
        pool = pool(new Given(3).policy(NEVER));
        pool.keepOnly(Set.of(A, B));
        Worker kept = used(B);
        Lease busy = lease(A);
        Worker idle = used(A);

        assertThat(pool.recycle(Optional.of("a"))).isEqualTo(2);

        eventually(() -> assertThat(idle.isUsable()).isFalse());
        call(busy, "echo");
        busy.close();
        eventually(() -> assertThat(busy.worker().isUsable()).isFalse());
        assertThat(kept.isUsable()).isTrue();
        assertThat(pool.recycled()).isEqualTo(Map.of(RecycleReason.COMMAND, 2L));
        Worker anew = used(A);
        assertThat(used(A)).isSameAs(anew);
    }

    @Test
    void anOperatorMayNameAVersionOrNothing() {
        WorkerSpec old = FakeWorkers.spec("c@1.0.0-0123456789ab");
        WorkerSpec current = FakeWorkers.spec("c@1.0.10-0123456789ab");
        pool = pool(4);
        pool.keepOnly(Set.of(old, current, A));
        used(old);
        used(current);
        used(A);

        assertThat(pool.recycle(Optional.of("c@1.0.1"))).isZero();
        assertThat(pool.recycle(Optional.of("c@1.0.10"))).isEqualTo(1);
        assertThat(pool.recycle(Optional.empty())).isEqualTo(2);
        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void aBundleThatNobodyCallsHasNoWorkerAndItsNewVersionNeither() {
        WorkerSpec next = FakeWorkers.spec("a@2");
        pool = pool(4);
        pool.keepOnly(Set.of(A, B));

        pool.prepare(Set.of(next, B), Deadline.after(LONG));

        assertThat(workers.launched()).isEmpty();
    }

    @Test
    void theNewVersionOfABundleThatIsInUseHasAWorkerBeforeItIsSwitchedTo() {
        WorkerSpec old = FakeWorkers.spec("a@1");
        WorkerSpec next = FakeWorkers.spec("a@2");
        pool = pool(4);
        pool.keepOnly(Set.of(old, B));
        used(old);

        pool.prepare(Set.of(next, B), Deadline.after(LONG));

        assertThat(workers.launched()).containsExactly(old, next);
        pool.keepOnly(Set.of(next, B));
        eventuallyFigures(1, 0, 0, 0);
        used(next);
        assertThat(workers.launched()).hasSize(2);
    }

    @Test
    void oneMoreThanNeededIsStartedWhereCallsRunSideBySide() {
        pool = pool(4);
        pool.keepOnly(Set.of(A));
        Lease one = lease(A);
        eventuallyFigures(1, 1, 0, 0);

        Lease other = lease(A);

        eventuallyFigures(3, 2, 0, 0);
        one.close();
        other.close();
    }
}
