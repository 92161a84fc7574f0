package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.worker.FakeWorkers;

/** Starts that fail. */
@Timeout(60)
class FailingStartsTest extends PoolFixture {
    private final OpsException failure = new OpsException(ErrorCode.WORKER_START_FAILED, "the bundle does not load");

    private FakeWorkers.Gate broken() {
        return spec -> {
            throw failure;
        };
    }

    @Test
    void allWaitingCallsGetTheReason() {
        CountDownLatch gate = new CountDownLatch(1);
        workers.behind(spec -> {
            assertThat(gate.await(5, TimeUnit.SECONDS)).isTrue();
            throw failure;
        });
        pool = pool(1);
        CompletableFuture<Lease> first = pool.ask(A, Claims.WARM);
        CompletableFuture<Lease> second = pool.ask(A, Claims.WARM);
        CompletableFuture<Lease> third = pool.ask(A, Claims.WARM);

        gate.countDown();

        assertThat(refusal(first)).isSameAs(failure);
        assertThat(refusal(second)).isSameAs(failure);
        assertThat(refusal(third)).isSameAs(failure);
        assertThat(workers.launched()).hasSize(1);
        eventuallyFigures(0, 0, 0, 0);
    }

    @Test
    void theNextCallTriesAgain() {
        workers.behind(broken());
        assertThat(refusal(pool.ask(A, Claims.WARM))).isSameAs(failure);

        workers.behind(spec -> {});

        lease(A).close();
    }

    @Test
    void aFailureOfOneBundleIsNotAnothers() {
        pool = pool(1);
        workers.behind(spec -> {
            if (spec.equals(A)) {
                throw failure;
            }
        });
        CompletableFuture<Lease> bad = pool.ask(A, Claims.WARM);
        CompletableFuture<Lease> good = pool.ask(B, Claims.WARM);

        assertThat(refusal(bad)).isSameAs(failure);
        lease(good).close();
    }

    @Test
    void whatKeepsFailingIsNotStartedForMinIdleAgainAndAgain() {
        workers.behind(broken());
        pool = pool(new Given(2).minIdle(1));

        pool.keepOnly(Set.of(A));
        eventuallyFigures(0, 0, 0, 0);
        pool.keepOnly(Set.of(A));
        pool.keepOnly(Set.of(A, B));

        eventually(() -> assertThat(workers.launched()).containsExactly(A, B));
        eventuallyFigures(0, 0, 0, 0);
        assertThat(workers.launched()).containsExactly(A, B);
    }

    @Test
    void aStartThatSucceedsAfterAFailureCountsForMinIdleAgain() {
        workers.behind(broken());
        pool = pool(new Given(2).minIdle(1));
        pool.keepOnly(Set.of(A));
        eventuallyFigures(0, 0, 0, 0);
        workers.behind(spec -> {});

        lease(A).close();

        eventuallyFigures(1, 0, 0, 0);
    }

    @Test
    void anUnforeseenFailureIsNamedAsTheServersOwn() {
        workers.behind(spec -> {
            throw new IllegalStateException("a bug");
        });

        OpsException thrown = refusal(pool.ask(A, Claims.WARM));

        assertThat(thrown.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(thrown).hasMessage("starting a worker failed").hasRootCauseMessage("a bug");
        eventuallyFigures(0, 0, 0, 0);
    }

    /** No more threads, no more memory: the calls must hear of it, and the place must be free again. */
    @Test
    void anErrorOnTheFillersThreadEndsTheStartToo() {
        workers.behind(spec -> {
            throw new OutOfMemoryError("unable to create native thread, say");
        });

        assertThat(refusal(pool.ask(A, Claims.WARM)).code()).isEqualTo(ErrorCode.INTERNAL);

        eventuallyFigures(0, 0, 0, 0);
        workers.behind(spec -> {});
        lease(A).close();
    }

    @Test
    void preparingDoesNotWaitForWhatCannotStart() {
        workers.behind(broken());
        pool = pool(new Given(2).minIdle(1));

        Deadline deadline = Deadline.after(LONG);
        pool.prepare(Set.of(A), deadline);

        assertThat(deadline.passed()).isFalse();
    }
}
