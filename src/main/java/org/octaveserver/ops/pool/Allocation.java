package org.octaveserver.ops.pool;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.worker.Isolation;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Who gets which worker, and when one is started or thrown away. Decides only: what others may hang code on (completing
 * futures) is collected for after the decision, and processes are started and ended elsewhere. Not thread-safe: the
 * {@link WorkerPool} calls it under its lock.
 */
final class Allocation {
    private final PoolSettings settings;
    private final RecyclingPolicy policy;
    private final int limit;
    private final LongSupplier clock;
    private final IdleWorkers workers;
    private final Consumer<WorkerSpec> starter;
    private final LeaseFactory leases;
    private final Map<WorkerSpec, Shelf> shelves = new HashMap<>();
    private final Sharing sharing;
    private final Map<RecycleReason, Long> recycled = new EnumMap<>(RecycleReason.class);
    private List<Runnable> afterwards = new ArrayList<>();
    private OptionalLong lookAgain = OptionalLong.empty();
    private int starting;
    private boolean stopped;

    /** Makes a lease that comes back to the pool. */
    interface LeaseFactory {
        Lease lease(WorkerSpec key, Resident worker, Isolation isolation);
    }

    /**
     * An allocation without workers.
     *
     * @param clock as nanoTime
     * @param starter begins to start a worker elsewhere; must not block
     */
    Allocation(
            PoolSettings settings,
            int limit,
            LongSupplier clock,
            IdleWorkers workers,
            Consumer<WorkerSpec> starter,
            LeaseFactory leases) {
        this.settings = settings;
        this.clock = clock;
        this.policy = RecyclingPolicy.of(settings);
        this.limit = limit;
        this.workers = workers;
        this.starter = starter;
        this.leases = leases;
        this.sharing = new Sharing(settings.giveWayAfter(), workers, shelves);
    }

    boolean isStopped() {
        return stopped;
    }

    /** What the decisions so far want done once the lock is free. */
    List<Runnable> takeActions() {
        List<Runnable> actions = afterwards;
        afterwards = new ArrayList<>();
        return actions;
    }

    /** In how many nanoseconds {@link #lookAgain} may find room that there is not yet, for a call that waits. */
    OptionalLong takeLookAgain() {
        OptionalLong taken = lookAgain;
        lookAgain = OptionalLong.empty();
        return taken;
    }

    void lookAgain() {
        fill();
    }

    void ask(WorkerSpec key, Waiter waiter) {
        if (stopped) {
            refuse(waiter, stopping());
            return;
        }
        shelf(key).add(waiter);
        suitable(key, waiter).ifPresent(worker -> hand(key, worker));
        fill();
    }

    /** A used one where that will do: the others are for calls that need a fresh one. */
    private Optional<Resident> suitable(WorkerSpec key, Waiter waiter) {
        if (waiter.isolation() == Isolation.FRESH) {
            return workers.borrow(key, Resident::isClean);
        }
        Optional<Resident> used = workers.borrow(key, one -> !one.isClean());
        return used.isPresent() ? used : workers.borrow(key);
    }

    /** Those of min-idle, and one for each bundle that is in use in another version. */
    void want(Set<WorkerSpec> wanted) {
        Set<String> called = shelves.entrySet().stream()
                .filter(entry -> isCalled(entry.getKey(), entry.getValue()))
                .map(entry -> entry.getKey().bundle())
                .collect(Collectors.toSet());
        wanted.forEach(key -> {
            shelf(key).wanted = true;
            shelf(key).ready = true;
            shelf(key).prepared = called.contains(key.bundle());
        });
        fill();
    }

    private boolean isCalled(WorkerSpec key, Shelf shelf) {
        return workers.total(key) > 0
                || shelf.waiting() > 0
                || (shelf.asked
                        && now() - shelf.lastAsked < settings.idleTimeout().toNanos());
    }

    /** Whether nothing more comes of waiting: each key has a worker, failed to start one, or has no room for one. */
    boolean isPrepared(Set<WorkerSpec> wanted) {
        return stopped
                || wanted.stream()
                        .allMatch(key -> workers.total(key) > 0
                                || shelf(key).failed
                                || (shelf(key).starting == 0 && !hasRoom())
                                || target(shelf(key)) == 0);
    }

    /** What is wanted, but no longer ready, gives up its idle workers too: what took its place needs the room. */
    void keepOnly(Set<WorkerSpec> wanted, Set<WorkerSpec> ready) {
        wanted.forEach(this::shelf);
        shelves.forEach((key, shelf) -> {
            boolean demoted = shelf.ready && !ready.contains(key);
            shelf.wanted = wanted.contains(key);
            shelf.ready = shelf.wanted && ready.contains(key);
            shelf.prepared = false;
            if (!shelf.wanted || demoted) {
                workers.borrowAll(key).forEach(worker -> discard(key, worker, RecycleReason.RELEASE));
            }
        });
        shelves.entrySet().removeIf(entry -> isForgotten(entry.getKey(), entry.getValue()));
        fill();
    }

    void started(WorkerSpec key, Resident worker) {
        startEnded(key).failed = false;
        if (stopped) {
            workers.refuse(worker);
            return;
        }
        workers.adopt(key, worker);
        workers.borrow(key, one -> one == worker).ifPresent(adopted -> hand(key, adopted));
        fill();
    }

    /**
     * Without any worker all calls that wait for this key fail alike: each would only wait for a start of its own that
     * fails too. Where there is one, they wait for that.
     */
    void startFailed(WorkerSpec key, OpsException why) {
        Shelf shelf = startEnded(key);
        shelf.failed = true;
        if (!hasAny(key)) {
            shelf.allWaiters().forEach(waiter -> refuse(waiter, why));
        }
        fill();
    }

    /** A lease has ended. */
    void released(WorkerSpec key, Resident worker, Isolation isolation) {
        if (!worker.worker().isUsable()) {
            workers.discard(key, worker);
        } else {
            whyNoMore(key, worker, isolation)
                    .ifPresentOrElse(reason -> discard(key, worker, reason), () -> hand(key, worker));
        }
        fill();
    }

    private Optional<RecycleReason> whyNoMore(WorkerSpec key, Resident worker, Isolation isolation) {
        if (isolation == Isolation.FRESH && !worker.isClean()) {
            return Optional.of(RecycleReason.FRESH);
        }
        OptionalLong recycling = shelf(key).recycled;
        if (recycling.isPresent() && worker.isOlderThan(recycling.getAsLong())) {
            return Optional.of(RecycleReason.COMMAND);
        }
        Optional<RecycleReason> worn = policy.judge(worker.wear(now()));
        if (worn.isPresent() || hasRoom()) {
            return worn;
        }
        boolean lacking = !worker.isClean() && shelf(key).lacksCleanOne();
        return lacking || sharing.isOverdue(key, worker, now()) ? Optional.of(RecycleReason.ROOM) : Optional.empty();
    }

    /** Lets those go that wait in vain or have served long enough. */
    void sweep() {
        for (WorkerSpec key : List.copyOf(shelves.keySet())) {
            List<Resident> kept = new ArrayList<>();
            int needed = target(shelf(key)) - workers.lent(key);
            for (Resident worker : workers.borrowAll(key)) {
                Optional<RecycleReason> reason =
                        policy.judgeIdle(worker.wear(now()), worker.idle(now()), kept.size() < needed);
                if (reason.isPresent()) {
                    discard(key, worker, reason.get());
                } else {
                    kept.add(worker);
                }
            }
            workers.giveBack(key, kept);
        }
        fill();
    }

    /** Lets all workers of a bundle go, those that run a call after it; answers how many there are. */
    int recycle(Predicate<WorkerSpec> chosen) {
        int count = 0;
        for (Map.Entry<WorkerSpec, Shelf> entry : shelves.entrySet()) {
            if (chosen.test(entry.getKey())) {
                count += workers.total(entry.getKey());
                entry.getValue().recycled = OptionalLong.of(now());
                workers.borrowAll(entry.getKey())
                        .forEach(worker -> discard(entry.getKey(), worker, RecycleReason.COMMAND));
            }
        }
        fill();
        return count;
    }

    void stop() {
        stopped = true;
        shelves.values().forEach(shelf -> shelf.allWaiters().forEach(waiter -> refuse(waiter, stopping())));
    }

    PoolFigures figures() {
        int waiting = shelves.values().stream().mapToInt(Shelf::waiting).sum();
        return new PoolFigures(limit, workers.total(), workers.lent(), starting, waiting);
    }

    /** How many workers were let go for each reason. */
    Map<RecycleReason, Long> recycled() {
        return new EnumMap<>(recycled);
    }

    boolean serves(String bundle) {
        return shelves.keySet().stream().anyMatch(key -> key.serves(bundle));
    }

    Set<String> labels() {
        return shelves.entrySet().stream()
                .filter(entry -> !isForgotten(entry.getKey(), entry.getValue()))
                .map(entry -> entry.getKey().label())
                .collect(Collectors.toSet());
    }

    private long now() {
        return clock.getAsLong();
    }

    private Shelf shelf(WorkerSpec key) {
        return shelves.computeIfAbsent(key, k -> new Shelf(now()));
    }

    private Shelf startEnded(WorkerSpec key) {
        starting--;
        Shelf shelf = shelf(key);
        shelf.starting--;
        return shelf;
    }

    /** Starts what waiting calls, min-idle and calls to come need, oldest need first, as far as there is room. */
    private void fill() {
        if (stopped) {
            return;
        }
        startForWaiting();
        shelves.forEach((key, shelf) -> {
            int missing = shelf.failed || !shelf.wanted ? 0 : missing(key, shelf);
            for (; missing > 0 && hasRoom(); missing--) {
                start(key, shelf);
            }
        });
    }

    /** How many workers a key is to have although no call waits for them. */
    private int target(Shelf shelf) {
        return Math.max(shelf.ready ? settings.minIdle() : 0, shelf.prepared ? 1 : 0);
    }

    /**
     * How many are to be started before they are needed: as many fresh ones as can start at once where calls want such, and
     * one more where several calls run side by side.
     */
    private int missing(WorkerSpec key, Shelf shelf) {
        int coming = shelf.starting - shelf.waiting();
        int missing = target(shelf) - workers.total(key) - shelf.starting;
        if (shelf.lastFresh.isPresent()
                && now() - shelf.lastFresh.getAsLong() < settings.idleTimeout().toNanos()) {
            return Math.max(missing, settings.maxStarting() - workers.clean(key) - coming);
        }
        boolean crowded = workers.lent(key) > 1 && workers.idle(key) == 0;
        return Math.max(missing, crowded ? 1 - coming : 0);
    }

    private void startForWaiting() {
        Optional<Sharing.Offers> offers = Optional.empty();
        for (Map.Entry<WorkerSpec, Shelf> entry : sharing.neediestFirst()) {
            Shelf shelf = entry.getValue();
            // After a failure the next call tries again, not the pool by itself, over and over.
            while (!shelf.failed && shelf.waiting() > shelf.starting) {
                if (!hasRoom()) {
                    offers = offers.or(() -> Optional.of(sharing.offers(now())));
                    if (!makeRoom(entry.getKey(), offers.get())) {
                        break;
                    }
                }
                start(entry.getKey(), shelf);
            }
        }
    }

    private boolean hasAny(WorkerSpec key) {
        return sharing.hasAny(key, shelf(key));
    }

    private boolean hasRoom() {
        return workers.total() + starting < limit;
    }

    private boolean makeRoom(WorkerSpec key, Sharing.Offers offers) {
        Optional<Map.Entry<WorkerSpec, Resident>> victim = offers.take(key);
        victim.ifPresent(one -> discard(one.getKey(), one.getValue(), RecycleReason.ROOM));
        OptionalLong next = victim.isPresent() ? OptionalLong.empty() : offers.next(key);
        if (next.isPresent()) {
            lookAgain = OptionalLong.of(Math.min(lookAgain.orElse(Long.MAX_VALUE), Math.max(0, next.getAsLong())));
        }
        return hasRoom();
    }

    private void start(WorkerSpec key, Shelf shelf) {
        starting++;
        shelf.starting++;
        starter.accept(key);
    }

    private void discard(WorkerSpec key, Resident worker, RecycleReason reason) {
        worker.letGo(reason);
        recycled.merge(reason, 1L, Long::sum);
        workers.discard(key, worker);
    }

    /** Gives a lent worker to the call that waits longest, or back to the idle ones. */
    private void hand(WorkerSpec key, Resident worker) {
        Shelf shelf = shelves.get(key);
        Optional<Waiter> waiter = Optional.ofNullable(shelf).flatMap(one -> one.nextWaiter(worker));
        worker.touch(now());
        if (waiter.isPresent()) {
            lend(waiter.get(), leases.lease(key, worker, waiter.get().isolation()));
        } else if (stopped || shelf == null || !shelf.wanted) {
            discard(key, worker, RecycleReason.RELEASE);
        } else {
            workers.giveBack(key, worker);
        }
    }

    private void lend(Waiter waiter, Lease lease) {
        afterwards.add(() -> {
            if (!waiter.future().complete(lease)) {
                lease.close();
            }
        });
    }

    private boolean isForgotten(WorkerSpec key, Shelf shelf) {
        return !shelf.wanted && shelf.waiting() == 0 && shelf.starting == 0 && workers.total(key) == 0;
    }

    private void refuse(Waiter waiter, OpsException why) {
        afterwards.add(() -> waiter.future().completeExceptionally(why));
    }

    private static OpsException stopping() {
        return new OpsException(ErrorCode.SHUTTING_DOWN, "the server is stopping");
    }
}
