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
    private final LeaseFactory leases;
    private final Map<WorkerSpec, Shelf> shelves = new HashMap<>();
    private final FairQueue queue = new FairQueue();
    private final Sharing sharing;
    private final Staffing staffing;
    private final Map<RecycleReason, Long> recycled = new EnumMap<>(RecycleReason.class);
    private List<Runnable> afterwards = new ArrayList<>();
    /** Whether there may be room that there was not. */
    private boolean changed;

    private boolean stopped;

    /** Makes a lease that comes back to the pool. */
    interface LeaseFactory {
        Lease lease(WorkerSpec key, Resident worker, Claim claim);
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
        this.leases = leases;
        this.sharing = new Sharing(settings.giveWayAfter(), workers, shelves, queue);
        this.staffing = new Staffing(
                settings, limit, clock, starter, new Staffing.View(workers, shelves, queue, sharing), this::discard);
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
        return staffing.takeLookAgain();
    }

    void lookAgain() {
        fill();
    }

    void ask(WorkerSpec key, QueuedCall call) {
        if (stopped) {
            refuse(call, stopping());
            return;
        }
        shelf(key).ask(call);
        queue.add(key, call);
        handIdle(key);
        fill(key);
    }

    /** A call no longer waits. */
    void withdraw(WorkerSpec key, QueuedCall call) {
        boolean unused = queue.remove(key, call);
    }

    /** Idle workers to the calls that may begin. */
    private void handIdle(WorkerSpec key) {
        boolean found = true;
        while (found && workers.idle(key) > 0 && queue.startable(key) > 0) {
            Optional<Resident> worker = suitable(key);
            worker.ifPresent(one -> hand(key, one));
            found = worker.isPresent();
        }
    }

    /** A used one where that will do: the others are for calls that need a fresh one. */
    private Optional<Resident> suitable(WorkerSpec key) {
        if (queue.nextNeedsClean(key)) {
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
                || queue.waiting(key) > 0
                || (shelf.asked
                        && now() - shelf.lastAsked < settings.idleTimeout().toNanos());
    }

    /** Whether nothing more comes of waiting: each key has a worker, failed to start one, or has no room for one. */
    boolean isPrepared(Set<WorkerSpec> wanted) {
        return stopped
                || wanted.stream()
                        .allMatch(key -> workers.total(key) > 0
                                || shelf(key).failed
                                || (shelf(key).starting == 0 && !staffing.hasRoom())
                                || staffing.target(shelf(key)) == 0);
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
        startEnded(key).failed = true;
        if (!sharing.hasAny(key)) {
            queue.removeAll(key).forEach(call -> refuse(call, why));
        }
        fill();
    }

    /** A lease has ended. */
    void released(WorkerSpec key, Resident worker, Claim claim) {
        queue.ended(key, claim);
        if (!worker.worker().isUsable()) {
            workers.discard(key, worker);
            changed = true;
        } else {
            whyNoMore(key, worker, claim.isolation())
                    .ifPresentOrElse(reason -> discard(key, worker, reason), () -> hand(key, worker));
        }
        fill(key);
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
        if (worn.isPresent() || queue.size() == 0 || staffing.hasRoom()) {
            return worn;
        }
        boolean lacking = !worker.isClean() && queue.nextNeedsClean(key) && shelf(key).starting == 0;
        return lacking || sharing.isOverdue(key, worker, now()) ? Optional.of(RecycleReason.ROOM) : Optional.empty();
    }

    /** Lets those go that wait in vain or have served long enough. */
    void sweep() {
        for (WorkerSpec key : List.copyOf(shelves.keySet())) {
            List<Resident> kept = new ArrayList<>();
            int needed = staffing.target(shelf(key)) - workers.lent(key);
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
        queue.removeAll().forEach(call -> refuse(call, stopping()));
    }

    PoolFigures figures() {
        return new PoolFigures(limit, workers.total(), workers.lent(), staffing.starting(), queue.size());
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
        staffing.startEnded();
        Shelf shelf = shelf(key);
        shelf.starting--;
        return shelf;
    }

    /** What waiting calls, min-idle and calls to come need, oldest need first, as far as there is room. */
    private void fill() {
        changed = false;
        if (!stopped) {
            serveWaiting();
            shelves.forEach(staffing::startMissing);
        }
    }

    /** The same after a change of one key only. */
    private void fill(WorkerSpec key) {
        if (changed) {
            fill();
        } else if (!stopped) {
            serveWaiting();
            staffing.startMissing(key, shelf(key));
        }
    }

    private void serveWaiting() {
        if (queue.size() > 0) {
            // Another bundle's call may have been held back by a limit of its party.
            queue.keys().forEach(this::handIdle);
            staffing.startForWaiting();
        }
    }

    private void discard(WorkerSpec key, Resident worker, RecycleReason reason) {
        worker.letGo(reason);
        recycled.merge(reason, 1L, Long::sum);
        workers.discard(key, worker);
        changed = true;
    }

    /** Gives a lent worker to the call whose turn it is, or back to the idle ones. */
    private void hand(WorkerSpec key, Resident worker) {
        Optional<QueuedCall> next = stopped ? Optional.empty() : queue.next(key, worker.isClean());
        worker.touch(now());
        if (next.isPresent()) {
            lend(next.get(), leases.lease(key, worker, next.get().claim()));
        } else if (stopped || !shelves.containsKey(key) || !shelf(key).wanted) {
            discard(key, worker, RecycleReason.RELEASE);
        } else {
            workers.giveBack(key, worker);
        }
    }

    private void lend(QueuedCall call, Lease lease) {
        afterwards.add(() -> {
            if (!call.future().complete(lease)) {
                lease.close();
            }
        });
    }

    private boolean isForgotten(WorkerSpec key, Shelf shelf) {
        return !shelf.wanted && queue.waiting(key) == 0 && shelf.starting == 0 && workers.total(key) == 0;
    }

    private void refuse(QueuedCall call, OpsException why) {
        afterwards.add(() -> call.future().completeExceptionally(why));
    }

    private static OpsException stopping() {
        return new OpsException(ErrorCode.SHUTTING_DOWN, "the server is stopping");
    }
}
