package org.octaveserver.ops.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.WorkerSpec;

/** A pool over workers whose processes are fakes. */
abstract class PoolFixture {
    static final WorkerSpec A = FakeWorkers.spec("a");
    static final WorkerSpec B = FakeWorkers.spec("b");
    static final WorkerSpec C = FakeWorkers.spec("c");
    static final Duration LONG = Duration.ofSeconds(20);

    final FakeWorkers workers = new FakeWorkers();
    WorkerPool pool = pool(2);

    @AfterEach
    void endAll() {
        workers.behind(spec -> {});
        pool.stop();
        assertThat(workers.alive()).as("processes left behind").isZero();
        workers.close();
    }

    WorkerPool pool(int limit) {
        return pool(new Given(limit));
    }

    WorkerPool pool(PoolSettings settings) {
        return new WorkerPool(workers, settings, Duration.ofSeconds(2));
    }

    /** Settings as a test wants them: nothing kept ready, no giving way, unless it says so. */
    record Given(int limit, int minIdle, Duration giveWayAfter, Duration drainTimeout, RecyclingPolicy policy)
            implements PoolSettings {
        Given(int limit) {
            this(limit, 0, Duration.ofHours(1), LONG, new RecyclingPolicy(0, Duration.ZERO, 0, Duration.ofHours(1)));
        }

        Given minIdle(int count) {
            return new Given(limit, count, giveWayAfter, drainTimeout, policy);
        }

        Given giveWayAfter(Duration wait) {
            return new Given(limit, minIdle, wait, drainTimeout, policy);
        }

        Given drainTimeout(Duration wait) {
            return new Given(limit, minIdle, giveWayAfter, wait, policy);
        }

        Given policy(RecyclingPolicy other) {
            return new Given(limit, minIdle, giveWayAfter, drainTimeout, other);
        }

        @Override
        public Duration idleTimeout() {
            return policy.idleTimeout();
        }

        @Override
        public int maxCalls() {
            return policy.maxCalls();
        }

        @Override
        public Duration maxAge() {
            return policy.maxAge();
        }

        @Override
        public DataSize maxResident() {
            return new DataSize(policy.maxResident());
        }

        @Override
        public OptionalInt maxWorkers() {
            return OptionalInt.of(limit);
        }

        @Override
        public int maxStarting() {
            return 2;
        }
    }

    static Lease lease(CompletableFuture<Lease> asked) {
        return asked.orTimeout(5, TimeUnit.SECONDS).join();
    }

    Lease fresh(WorkerSpec key) {
        return lease(pool.ask(key, Claims.FRESH));
    }

    Lease lease(WorkerSpec key) {
        return lease(pool.ask(key, Claims.WARM));
    }

    /** Gives every lease back as soon as it comes, and waits until the last came. */
    static void passThrough(List<CompletableFuture<Lease>> asked) {
        List<CompletableFuture<Void>> served =
                asked.stream().map(future -> future.thenAccept(Lease::close)).toList();
        served.forEach(future -> future.orTimeout(20, TimeUnit.SECONDS).join());
    }

    /** Runs a call as its caller does. */
    static void call(Lease lease, String function) {
        lease.worker().call(new CallRequest("", function, 1, List.of(NumericArray.scalar(1))), Deadline.after(LONG));
    }

    static OpsException refusal(CompletableFuture<Lease> asked) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, () -> lease(asked));
        assertThat(thrown).hasCauseInstanceOf(OpsException.class);
        return (OpsException) requireNonNull(thrown.getCause());
    }

    /** Keeps every start waiting until the answer is counted down. */
    CountDownLatch holdStarts() {
        CountDownLatch gate = new CountDownLatch(1);
        workers.behind(spec -> assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue());
        return gate;
    }

    static void eventually(ThrowingCallable assertion) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(assertion::call);
    }

    void eventuallyFigures(int running, int busy, int starting, int waiting) {
        eventually(() -> {
            PoolFigures figures = pool.figures();
            assertThat(List.of(figures.running(), figures.busy(), figures.starting(), figures.waiting()))
                    .as("running, busy, starting, waiting")
                    .containsExactly(running, busy, starting, waiting);
        });
    }
}
