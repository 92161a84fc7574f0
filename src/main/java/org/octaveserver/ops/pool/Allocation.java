package org.octaveserver.ops.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Who gets which worker, and when one is started or thrown away. Decides only: what others may hang code on (completing
 * futures) is collected for after the decision, and processes are started and ended elsewhere. Not thread-safe: the
 * {@link WorkerPool} calls it under its lock.
 */
final class Allocation {
    private final PoolSettings settings;
    private final int limit;
    private final IdleWorkers workers;
    private final Consumer<WorkerSpec> starter;
    private final LeaseFactory leases;
    private final Map<WorkerSpec, Shelf> shelves = new HashMap<>();
    private List<Runnable> afterwards = new ArrayList<>();
    private int starting;
    private boolean stopped;

    /** A shelf for which calls wait, as it stood when the order was made: sorting must not see it change. */
    private record Need(Map.Entry<WorkerSpec, Shelf> shelf, boolean served, long since) {}

    /** Makes a lease that comes back to the pool. */
    interface LeaseFactory {
        Lease lease(WorkerSpec key, Worker worker);
    }

    /**
     * An allocation without workers.
     *
     * @param starter begins to start a worker elsewhere; must not block
     */
    Allocation(
            PoolSettings settings, int limit, IdleWorkers workers, Consumer<WorkerSpec> starter, LeaseFactory leases) {
        this.settings = settings;
        this.limit = limit;
        this.workers = workers;
        this.starter = starter;
        this.leases = leases;
    }

    /** What the decisions so far want done once the lock is free. */
    List<Runnable> takeActions() {
        List<Runnable> actions = afterwards;
        afterwards = new ArrayList<>();
        return actions;
    }

    void ask(WorkerSpec key, Waiter waiter) {
        if (stopped) {
            refuse(waiter, stopping());
            return;
        }
        Shelf shelf = shelf(key);
        shelf.lastAsked = waiter.since();
        shelf.failed = false;
        shelf.add(waiter);
        workers.borrow(key).ifPresent(worker -> hand(key, worker));
        fill();
    }

    void want(Set<WorkerSpec> wanted) {
        wanted.forEach(key -> {
            shelf(key).wanted = true;
            shelf(key).ready = true;
        });
        fill();
    }

    /** Whether nothing more comes of waiting: each key has a worker, failed to start one, or has no room for one. */
    boolean isPrepared(Set<WorkerSpec> wanted) {
        return stopped
                || wanted.stream()
                        .allMatch(key -> workers.total(key) > 0
                                || shelf(key).failed
                                || (shelf(key).starting == 0 && !hasRoom())
                                || settings.minIdle() == 0);
    }

    /** What is wanted, but no longer ready, gives up its idle workers too: what took its place needs the room. */
    void keepOnly(Set<WorkerSpec> wanted, Set<WorkerSpec> ready) {
        wanted.forEach(this::shelf);
        shelves.forEach((key, shelf) -> {
            boolean demoted = shelf.ready && !ready.contains(key);
            shelf.wanted = wanted.contains(key);
            shelf.ready = shelf.wanted && ready.contains(key);
            if (!shelf.wanted || demoted) {
                discardIdle(key);
            }
        });
        shelves.entrySet().removeIf(entry -> isForgotten(entry.getKey(), entry.getValue()));
        fill();
    }

    /** Whether a start that was asked for is still of use. */
    boolean isStopped() {
        return stopped;
    }

    void started(WorkerSpec key, Worker worker) {
        startEnded(key).failed = false;
        if (stopped) {
            workers.refuse(worker);
            return;
        }
        workers.adopt(key, worker);
        workers.borrow(key).ifPresent(adopted -> hand(key, adopted));
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
    void released(WorkerSpec key, Worker worker) {
        if (!worker.isUsable() || starving(key)) {
            workers.discard(key, worker);
        } else {
            hand(key, worker);
        }
        fill();
    }

    void stop() {
        stopped = true;
        shelves.values().forEach(shelf -> shelf.allWaiters().forEach(waiter -> refuse(waiter, stopping())));
    }

    PoolFigures figures() {
        int waiting = shelves.values().stream().mapToInt(Shelf::waiting).sum();
        return new PoolFigures(limit, workers.total(), workers.lent(), starting, waiting);
    }

    Set<String> labels() {
        return shelves.entrySet().stream()
                .filter(entry -> !isForgotten(entry.getKey(), entry.getValue()))
                .map(entry -> entry.getKey().label())
                .collect(Collectors.toSet());
    }

    private Shelf shelf(WorkerSpec key) {
        return shelves.computeIfAbsent(key, k -> new Shelf());
    }

    private Shelf startEnded(WorkerSpec key) {
        starting--;
        Shelf shelf = shelf(key);
        shelf.starting--;
        return shelf;
    }

    /** Starts what waiting calls and min-idle need, oldest need first, as far as there is room. */
    private void fill() {
        if (stopped) {
            return;
        }
        startForWaiting();
        for (Map.Entry<WorkerSpec, Shelf> entry : shelves.entrySet()) {
            Shelf shelf = entry.getValue();
            int present = workers.total(entry.getKey()) + shelf.starting;
            while (shelf.ready && !shelf.failed && present < settings.minIdle() && hasRoom()) {
                start(entry.getKey(), shelf);
                present++;
            }
        }
    }

    private void startForWaiting() {
        for (Map.Entry<WorkerSpec, Shelf> entry : neediestFirst()) {
            Shelf shelf = entry.getValue();
            // After a failure the next call tries again, not the pool by itself, over and over.
            while (!shelf.failed && shelf.waiting() > shelf.starting) {
                if (!hasRoom() && !makeRoom(entry.getKey())) {
                    // No bundle has an idle worker, so there is no room for the next one either.
                    return;
                }
                start(entry.getKey(), shelf);
            }
        }
    }

    /** Those without any worker first: a busy bundle must not take the room that was made for them. */
    private List<Map.Entry<WorkerSpec, Shelf>> neediestFirst() {
        return shelves.entrySet().stream()
                .flatMap(entry -> need(entry).stream())
                .sorted(Comparator.comparing(Need::served).thenComparingLong(Need::since))
                .map(Need::shelf)
                .toList();
    }

    /** A call may give up at any moment: of its shelf only one look can be believed. */
    private Optional<Need> need(Map.Entry<WorkerSpec, Shelf> entry) {
        OptionalLong since = entry.getValue().waitingSince();
        return since.isPresent()
                ? Optional.of(new Need(entry, hasAny(entry.getKey()), since.getAsLong()))
                : Optional.empty();
    }

    private boolean hasAny(WorkerSpec key) {
        return workers.total(key) + shelf(key).starting > 0;
    }

    private boolean hasRoom() {
        return workers.total() + starting < limit;
    }

    /** Ends the idle worker whose bundle was asked for longest ago. */
    private boolean makeRoom(WorkerSpec forKey) {
        Optional<WorkerSpec> victim = shelves.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(forKey) && workers.idle(entry.getKey()) > 0)
                .min(Comparator.comparingLong(entry -> entry.getValue().lastAsked))
                .map(Map.Entry::getKey);
        victim.flatMap(workers::borrow).ifPresent(worker -> workers.discard(victim.get(), worker));
        return hasRoom();
    }

    private void start(WorkerSpec key, Shelf shelf) {
        starting++;
        shelf.starting++;
        starter.accept(key);
    }

    /** Gives a lent worker to the call that waits longest, or back to the idle ones. */
    private void hand(WorkerSpec key, Worker worker) {
        Shelf shelf = shelves.get(key);
        Optional<Waiter> waiter = Optional.ofNullable(shelf).flatMap(Shelf::nextWaiter);
        if (waiter.isPresent()) {
            lend(waiter.get(), leases.lease(key, worker));
        } else if (stopped || shelf == null || !shelf.wanted) {
            workers.discard(key, worker);
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

    /** Whether another bundle has no worker at all, waits longer than it should, and no idle worker can make room. */
    private boolean starving(WorkerSpec key) {
        if (hasRoom()) {
            return false;
        }
        long patience = System.nanoTime() - settings.giveWayAfter().toNanos();
        return shelves.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .filter(entry -> !hasAny(entry.getKey()))
                .map(entry -> entry.getValue().waitingSince())
                .anyMatch(since -> since.isPresent() && since.getAsLong() - patience < 0);
    }

    private void discardIdle(WorkerSpec key) {
        Optional<Worker> idle = workers.borrow(key);
        while (idle.isPresent()) {
            workers.discard(key, idle.get());
            idle = workers.borrow(key);
        }
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
