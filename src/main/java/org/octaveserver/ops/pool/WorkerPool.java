package org.octaveserver.ops.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.NamedThreads;
import org.octaveserver.ops.worker.Isolation;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * The workers of this node. Calls ask for one and wait; starting is done by the pool's own filler threads, as many as
 * waiting calls and {@code min-idle} need and the limits allow. At the limit idle workers of other bundles make room,
 * the least recently asked for first; where none is idle, a busy one makes room after its call once a bundle without any
 * worker has waited long enough. Thread-safe.
 */
public final class WorkerPool implements Managed {
    private static final Logger LOG = LogManager.getLogger(WorkerPool.class);
    private static final int FEWEST_WORKERS = 4;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration LATER = Duration.ofMillis(1);
    private static final Duration STOP_SLACK = Duration.ofSeconds(5);

    private final WorkerLauncher launcher;
    private final Duration stopTimeout;
    private final Duration drainTimeout;
    private final ExecutorService fillers;
    private final ExecutorService reapers = Executors.newCachedThreadPool(new NamedThreads("reaper"));
    private final IdleWorkers workers = new IdleWorkers(this::end);
    private final Population population = new Population();
    private final ReentrantLock lock = new ReentrantLock();
    private final RecyclingPolicy policy;
    private final NamedThreads timers = new NamedThreads("pool");
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, timers);
    private final AtomicBoolean looksAgain = new AtomicBoolean();
    private final boolean measures;

    @GuardedBy("lock")
    private final Allocation allocation;

    /**
     * A pool without workers.
     *
     * @param stopTimeout how long a worker that is no longer needed may take to end by itself
     */
    public WorkerPool(WorkerLauncher launcher, PoolSettings settings, Duration stopTimeout) {
        this.launcher = launcher;
        this.stopTimeout = stopTimeout;
        this.drainTimeout = settings.drainTimeout();
        this.policy = RecyclingPolicy.of(settings);
        this.measures = settings.maxResident().bytes() > 0;
        this.fillers = Executors.newFixedThreadPool(settings.maxStarting(), new NamedThreads("filler"));
        int processors = Runtime.getRuntime().availableProcessors();
        int limit = settings.maxWorkers().orElse(Math.max(FEWEST_WORKERS, processors));
        this.allocation = new Allocation(
                settings,
                limit,
                System::nanoTime,
                workers,
                key -> fillers.execute(() -> launch(key)),
                (key, worker, claim) -> new Lease(worker.worker(), () -> release(key, worker, claim)));
    }

    /** Looks at idle workers from now on: seldom, for nothing waits for it. */
    @Override
    public void start() {
        long nanos = policy.interval().toNanos();
        var unused = timer.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Lets those workers go that wait in vain or have served long enough. */
    void sweep() {
        decide(Allocation::sweep);
    }

    private void release(WorkerSpec key, Resident worker, Claim claim) {
        if (measures && claim.isolation() == Isolation.WARM && worker.worker().isUsable()) {
            worker.measure(System.nanoTime());
        }
        decide(allocated -> allocated.released(key, worker, claim));
    }

    /**
     * Has all workers of a bundle replaced: idle ones end now, others after their call.
     *
     * @param bundle {@code name} or {@code name@version}; empty: of all bundles
     * @return how many there were
     */
    public int recycle(Optional<String> bundle) {
        AtomicInteger count = new AtomicInteger();
        decide(allocated ->
                count.set(allocated.recycle(key -> bundle.map(key::serves).orElse(true))));
        LOG.info("recycled={} bundle={}", count, bundle.orElse("all"));
        return count.get();
    }

    /** Whether a bundle, or version, as {@link WorkerSpec#serves} has it, is to have workers or has some. */
    public boolean serves(String bundle) {
        lock.lock();
        try {
            return allocation.serves(bundle);
        } finally {
            lock.unlock();
        }
    }

    /** How many workers were let go since the start, for each reason. */
    public Map<RecycleReason, Long> recycled() {
        lock.lock();
        try {
            return allocation.recycled();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks for a worker. Whoever no longer wants it cancels the future, and loses his place.
     *
     * @param claim on what terms: one with FRESH gets a worker that has run no call, and runs no other
     * @return completes with a lease, or with an {@link OpsException} when no worker can be started; what hangs on it runs on
     *     the thread that ends another lease, mostly
     */
    public CompletableFuture<Lease> ask(WorkerSpec key, Claim claim) {
        CompletableFuture<Lease> future = new CompletableFuture<>();
        QueuedCall call = new QueuedCall(System.nanoTime(), claim, future);
        decide(allocated -> allocated.ask(key, call));
        if (!future.isDone()) {
            var unused = future.whenComplete((lease, failure) -> {
                if (future.isCancelled()) {
                    decide(allocated -> allocated.withdraw(key, call));
                }
            });
        }
        return future;
    }

    /**
     * Makes a release's workers ready beside those of the last one, and waits until each key has one, has failed to
     * start one or finds no room, or the deadline passes.
     */
    public void prepare(Set<WorkerSpec> wanted, Deadline deadline) {
        decide(allocated -> allocated.want(wanted));
        poll(() -> !isPrepared(wanted), deadline);
    }

    private boolean isPrepared(Set<WorkerSpec> wanted) {
        lock.lock();
        try {
            return allocation.isPrepared(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** The keys of the current release: others lose their idle workers now and their busy ones after the call. */
    public void keepOnly(Set<WorkerSpec> wanted) {
        keepOnly(wanted, wanted);
    }

    /**
     * The same, with workers made ready before anyone calls for some of the keys only.
     *
     * @param ready those; the others get a worker when they are called, and keep it while there is room
     */
    public void keepOnly(Set<WorkerSpec> wanted, Set<WorkerSpec> ready) {
        decide(allocated -> allocated.keepOnly(wanted, ready));
        launcher.keepOnly(wanted);
    }

    public PoolFigures figures() {
        lock.lock();
        try {
            return allocation.figures();
        } finally {
            lock.unlock();
        }
    }

    /** The labels of all that is to have workers, has some, or is waited for. */
    public Set<String> labels() {
        lock.lock();
        try {
            return allocation.labels();
        } finally {
            lock.unlock();
        }
    }

    /** What all workers have used, those that are gone included. */
    public PoolUsage usage() {
        return population.usage();
    }

    /** Refuses new calls, lets running ones end for a while, then ends all workers. */
    @Override
    public void stop() {
        decide(Allocation::stop);
        timers.stop(timer);
        fillers.shutdown();
        poll(() -> workers.lent() > 0, Deadline.after(drainTimeout));
        awaitEnd(fillers);
        workers.close();
        population.workers().forEach(worker -> end(worker, Optional.empty()));
        reapers.shutdown();
        awaitEnd(reapers);
    }

    /** These waits are rare and short; nothing is worth being told of their end. */
    private static void poll(BooleanSupplier busy, Deadline deadline) {
        try {
            while (busy.getAsBoolean() && !deadline.passed()) {
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(stopTimeout.plus(STOP_SLACK).toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.error("workers are still starting or ending after the pool was stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void decide(Consumer<Allocation> decision) {
        List<Runnable> actions;
        OptionalLong lookAgain;
        lock.lock();
        try {
            decision.accept(allocation);
            actions = allocation.takeActions();
            lookAgain = allocation.takeLookAgain();
        } finally {
            lock.unlock();
        }
        actions.forEach(WorkerPool::act);
        lookAgain.ifPresent(this::lookAgain);
    }

    /** What one of them does must not keep the others from theirs. */
    private static void act(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("a decision of the pool could not be carried out", e);
        }
    }

    /** When there may be room that there is not yet. */
    private void lookAgain(long nanos) {
        if (looksAgain.compareAndSet(false, true)) {
            try {
                var unused = timer.schedule(
                        () -> {
                            looksAgain.set(false);
                            decide(Allocation::lookAgain);
                        },
                        nanos + LATER.toNanos(),
                        TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("the pool stops; nobody waits any more", e);
            }
        }
    }

    /** On a filler's thread. Whatever comes of it, an Error included, the start ends for the allocation too. */
    private void launch(WorkerSpec key) {
        Optional<Worker> launched = Optional.empty();
        OpsException why = new OpsException(ErrorCode.INTERNAL, "starting a worker failed");
        try {
            if (isStopped()) {
                why = new OpsException(ErrorCode.SHUTTING_DOWN, "the server is stopping");
            } else {
                launched = Optional.of(launcher.launch(key));
            }
        } catch (OpsException e) {
            LOG.error("serves={} no worker could be started: {}", key.label(), e.getMessage());
            why = e;
        } catch (RuntimeException e) {
            LOG.error("serves={} starting a worker failed", key.label(), e);
            why = new OpsException(ErrorCode.INTERNAL, "starting a worker failed", e);
        } finally {
            settle(key, launched, why);
        }
    }

    private void settle(WorkerSpec key, Optional<Worker> launched, OpsException why) {
        launched.ifPresent(population::add);
        decide(allocated -> launched.ifPresentOrElse(
                worker -> allocated.started(key, resident(worker)), () -> allocated.startFailed(key, why)));
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return allocation.isStopped();
        } finally {
            lock.unlock();
        }
    }

    private Resident resident(Worker worker) {
        double chance = ThreadLocalRandom.current().nextDouble();
        return new Resident(worker, policy.lifetime(chance), System.nanoTime());
    }

    private void end(Resident worker) {
        end(worker.worker(), worker.going());
    }

    /** Ends a worker elsewhere; here only when the pool has no threads any more. */
    private void end(Worker worker, Optional<RecycleReason> reason) {
        try {
            reapers.execute(() -> shutDown(worker, reason));
        } catch (RejectedExecutionException e) {
            shutDown(worker, reason);
        }
    }

    /** One that has run its only call is not asked: the next one needs the room, and Octave takes its time to end. */
    private void shutDown(Worker worker, Optional<RecycleReason> reason) {
        if (reason.equals(Optional.of(RecycleReason.FRESH))) {
            worker.kill(RecycleReason.FRESH.endReason());
        } else if (reason.isPresent()) {
            worker.shutdown(stopTimeout, reason.get().endReason());
        } else {
            worker.shutdown(stopTimeout);
        }
        population.remove(worker);
    }
}
