package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.worker.WorkerState;

/** Stopping the pool: refuse, drain, kill, and leave nothing. */
@Timeout(60)
class StoppingTest extends PoolFixture {
    private static List<String> poolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ops-filler") || name.startsWith("ops-reaper"))
                .toList();
    }

    private CompletableFuture<Void> stopping() {
        return CompletableFuture.runAsync(pool::stop);
    }

    private static void join(CompletableFuture<Void> task) {
        task.orTimeout(15, TimeUnit.SECONDS).join();
    }

    @Test
    void refusesNewCallsAndThoseThatWait() {
        pool = pool(1);
        Lease busy = lease(A);
        CompletableFuture<Lease> waiting = pool.ask(A, Claims.WARM);

        CompletableFuture<Void> stopping = stopping();

        assertThat(refusal(waiting).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
        assertThat(refusal(pool.ask(B, Claims.WARM)).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
        busy.close();
        join(stopping);
    }

    @Test
    void waitsForRunningCallsThenEndsTheirWorkers() {
        Lease busy = lease(A);
        CompletableFuture<Void> stopping = stopping();
        assertThat(refusal(pool.ask(B, Claims.WARM))).isNotNull();

        call(busy, "echo");
        assertThat(stopping).isNotDone();
        busy.close();

        join(stopping);
        assertThat(workers.alive()).isZero();
        assertThat(workers.processOf(busy.worker()).awaitExit(Duration.ZERO))
                .as("asked, not killed")
                .hasValue(0);
        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void killsCallsThatTakeLongerThanTheDrainTimeout() {
        pool = pool(new Given(2).drainTimeout(Duration.ofMillis(50)));
        Lease busy = lease(A);
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> {
            try (busy) {
                call(busy, "hang");
            }
        });
        eventually(() -> assertThat(busy.worker().state()).isEqualTo(WorkerState.BUSY));

        join(stopping());

        assertThat(call.handle((ok, thrown) -> thrown)
                        .orTimeout(5, TimeUnit.SECONDS)
                        .join())
                .hasMessageContaining("the server stops its workers");
        assertThat(workers.alive()).isZero();
        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void endsIdleWorkers() {
        pool = pool(new Given(4).minIdle(2));
        pool.keepOnly(Set.of(A, B));
        eventuallyFigures(4, 0, 0, 0);

        pool.stop();

        assertThat(workers.alive()).isZero();
        assertThat(pool.figures()).isEqualTo(new PoolFigures(4, 0, 0, 0, 0));
    }

    @Test
    void aWorkerThatIsStartingEndsAsSoonAsItIsReady() {
        CountDownLatch gate = holdStarts();
        CompletableFuture<Lease> asked = pool.ask(A, Claims.WARM);
        eventually(() -> assertThat(workers.launched()).hasSize(1));
        CompletableFuture<Void> stopping = stopping();
        assertThat(refusal(asked).code()).isEqualTo(ErrorCode.SHUTTING_DOWN);

        gate.countDown();

        join(stopping);
        assertThat(workers.alive()).isZero();
        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void startsThatNobodyBeganAreNotBegunAnyMore() {
        pool = pool(5);
        CountDownLatch gate = holdStarts();
        for (int i = 0; i < 5; i++) {
            assertThat(pool.ask(A, Claims.WARM)).isNotDone();
        }
        eventually(() -> assertThat(workers.launched()).hasSize(2));
        CompletableFuture<Void> stopping = stopping();
        assertThat(refusal(pool.ask(B, Claims.WARM))).isNotNull();

        gate.countDown();

        join(stopping);
        assertThat(workers.launched()).hasSize(2);
        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void leavesNoThreads() {
        assertThat(poolThreads()).isEmpty();
        Lease lease = lease(A);
        assertThat(poolThreads()).isNotEmpty();
        lease.close();

        pool.stop();

        eventually(() -> assertThat(poolThreads()).isEmpty());
    }

    @Test
    void stoppingTwiceIsStoppingOnce() {
        lease(A).close();

        pool.stop();
        pool.stop();

        assertThat(workers.alive()).isZero();
    }

    @Test
    void aLeaseThatComesBackAfterTheEndIsNoFailure() {
        pool = pool(new Given(2).drainTimeout(Duration.ZERO));
        Lease late = lease(A);

        pool.stop();
        late.close();

        assertThat(workers.alive()).isZero();
        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void preparingAStoppedPoolEndsAtOnce() {
        pool = pool(new Given(2).minIdle(1));
        pool.stop();
        Deadline deadline = Deadline.after(LONG);

        pool.prepare(Set.of(A), deadline);

        assertThat(deadline.passed()).isFalse();
        assertThat(workers.launched()).isEmpty();
    }
}
