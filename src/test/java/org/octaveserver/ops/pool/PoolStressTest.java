package org.octaveserver.ops.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerSpec;

/** Many callers at once, who give up, whose workers die, whose starts fail, while releases change. */
@Timeout(120)
class PoolStressTest extends PoolFixture {
    private static final List<WorkerSpec> KEYS = List.of(A, B, C);
    private static final int LIMIT = 4;
    private static final int CALLERS = 8;
    private static final int CALLS = 400;

    private final Map<Worker, String> lentTo = new ConcurrentHashMap<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS + 2);

    @AfterEach
    void endThreads() {
        over.set(true);
        threads.shutdownNow();
    }

    @Test
    void losesNoLeaseAndNeverExceedsItsLimit() throws Exception {
        pool = pool(new Given(LIMIT).minIdle(1).giveWayAfter(Duration.ofMillis(2)));
        Random starts = new Random(7);
        workers.behind(spec -> {
            synchronized (starts) {
                if (starts.nextInt(40) == 0) {
                    throw new OpsException(ErrorCode.WORKER_START_FAILED, "on purpose");
                }
            }
        });
        Future<?> releases = threads.submit(this::changeReleases);
        Future<?> watch = threads.submit(this::watchFigures);

        List<? extends Future<?>> callers = IntStream.range(0, CALLERS)
                .mapToObj(seed -> threads.submit(() -> callOften(new Random(seed))))
                .toList();
        for (Future<?> caller : callers) {
            caller.get(60, TimeUnit.SECONDS);
        }
        over.set(true);
        releases.get(10, TimeUnit.SECONDS);
        watch.get(10, TimeUnit.SECONDS);

        assertThat(served).hasValueGreaterThan(CALLERS * CALLS / 3);
        assertThat(mostAtOnce).hasValueBetween(2, LIMIT);
        assertThat(lentTo).isEmpty();
        pool.keepOnly(Set.of());
        eventuallyFigures(0, 0, 0, 0);
        eventually(() -> assertThat(workers.alive()).isZero());
    }

    private void callOften(Random random) {
        for (int i = 0; i < CALLS; i++) {
            CompletableFuture<Lease> asked = pool.ask(KEYS.get(random.nextInt(KEYS.size())), Claims.WARM);
            if (random.nextInt(5) == 0) {
                giveUp(asked, random);
            } else {
                use(asked, random);
            }
        }
    }

    /** As callers do: whoever is too late to cancel has a lease and gives it back. */
    private static void giveUp(CompletableFuture<Lease> asked, Random random) {
        for (int spin = random.nextInt(2000); spin > 0; spin--) {
            Thread.onSpinWait();
        }
        if (!asked.cancel(false) && !asked.isCompletedExceptionally()) {
            asked.join().close();
        }
    }

    private void use(CompletableFuture<Lease> asked, Random random) {
        try (Lease lease = lease(asked)) {
            Worker worker = lease.worker();
            assertThat(lentTo.put(worker, Thread.currentThread().getName()))
                    .as("lent to two callers at once")
                    .isNull();
            mostAtOnce.accumulateAndGet(lentTo.size(), Math::max);
            try {
                call(lease, random.nextInt(10) == 0 ? "exit" : "echo");
            } finally {
                lentTo.remove(worker);
            }
            served.incrementAndGet();
        } catch (CompletionException e) {
            assertThat(e).hasRootCauseMessage("on purpose");
        } catch (CancellationException e) {
            throw new AssertionError("nobody cancelled", e);
        } catch (OpsException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.WORKER_EXITED);
        }
    }

    private void changeReleases() {
        Random random = new Random(99);
        while (!over.get()) {
            pool.keepOnly(Set.copyOf(KEYS.subList(0, random.nextInt(KEYS.size() + 1))));
            LockSupport.parkNanos(100_000);
        }
    }

    private void watchFigures() {
        while (!over.get()) {
            PoolFigures figures = pool.figures();
            assertThat(figures.running() + figures.starting()).isBetween(0, LIMIT);
            assertThat(figures.busy()).isBetween(0, figures.running());
            assertThat(figures.waiting()).isBetween(0, CALLERS);
            LockSupport.parkNanos(100_000);
        }
    }
}
