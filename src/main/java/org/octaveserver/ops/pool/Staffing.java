package org.octaveserver.ops.pool;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.octaveserver.ops.worker.WorkerSpec;

/** For what workers are started, and how many; those that start count against the limit. Guarded by the pool's lock. */
final class Staffing {
    private final PoolSettings settings;
    private final int limit;
    private final LongSupplier clock;
    private final Consumer<WorkerSpec> starter;
    private final View view;
    private final Discarding discarding;
    private OptionalLong lookAgain = OptionalLong.empty();
    private int starting;

    /** What it looks at. */
    record View(IdleWorkers workers, Map<WorkerSpec, Shelf> shelves, FairQueue queue, Sharing sharing) {}

    /** Throws a worker away, for a reason. */
    interface Discarding {
        void discard(WorkerSpec key, Resident worker, RecycleReason reason);
    }

    /**
     * Starts nothing yet.
     *
     * @param limit how many workers there may be
     * @param clock as nanoTime
     * @param starter begins to start a worker elsewhere; must not block
     */
    Staffing(
            PoolSettings settings,
            int limit,
            LongSupplier clock,
            Consumer<WorkerSpec> starter,
            View view,
            Discarding discarding) {
        this.settings = settings;
        this.limit = limit;
        this.clock = clock;
        this.starter = starter;
        this.view = view;
        this.discarding = discarding;
    }

    /** How many start now. */
    int starting() {
        return starting;
    }

    void startEnded() {
        starting--;
    }

    /** In how many nanoseconds there may be room that there is not yet, for a call that waits. */
    OptionalLong takeLookAgain() {
        OptionalLong taken = lookAgain;
        lookAgain = OptionalLong.empty();
        return taken;
    }

    /** How many workers a key is to have although no call waits for them. */
    int target(Shelf shelf) {
        return Math.max(shelf.ready ? settings.minIdle() : 0, shelf.prepared ? 1 : 0);
    }

    /**
     * How many are to be started before they are needed: as many fresh ones as can start at once where calls want such, and
     * one more where several calls run side by side.
     */
    private int missing(WorkerSpec key, Shelf shelf) {
        int coming = shelf.starting - view.queue().startable(key);
        int missing = target(shelf) - view.workers().total(key) - shelf.starting;
        if (shelf.lastFresh.isPresent()
                && clock.getAsLong() - shelf.lastFresh.getAsLong()
                        < settings.idleTimeout().toNanos()) {
            return Math.max(missing, settings.maxStarting() - view.workers().clean(key) - coming);
        }
        boolean crowded = view.workers().lent(key) > 1 && view.workers().idle(key) == 0;
        return Math.max(missing, crowded ? 1 - coming : 0);
    }

    /** Starts what a key lacks although no call waits for it, as far as there is room. */
    void startMissing(WorkerSpec key, Shelf shelf) {
        int missing = shelf.failed || !shelf.wanted ? 0 : missing(key, shelf);
        for (; missing > 0 && hasRoom(); missing--) {
            start(key, shelf);
        }
    }

    /** Starts what waiting calls need, oldest need first; where there is no room, others make some. */
    void startForWaiting() {
        if (!hasRoom() && view.workers().idle() == 0) {
            return;
        }
        Optional<Sharing.Offers> offers = Optional.empty();
        for (WorkerSpec key : view.sharing().neediestFirst()) {
            Shelf shelf = requireNonNull(view.shelves().get(key));
            // After a failure the next call tries again, not the pool by itself, over and over.
            while (!shelf.failed && view.queue().startable(key) > shelf.starting) {
                if (!hasRoom()) {
                    offers = offers.or(() -> Optional.of(view.sharing().offers(clock.getAsLong())));
                    if (!makeRoom(key, offers.get())) {
                        break;
                    }
                }
                start(key, shelf);
            }
        }
    }

    boolean hasRoom() {
        return view.workers().total() + starting < limit;
    }

    private boolean makeRoom(WorkerSpec key, Sharing.Offers offers) {
        Optional<Map.Entry<WorkerSpec, Resident>> victim = offers.take(key);
        victim.ifPresent(one -> discarding.discard(one.getKey(), one.getValue(), RecycleReason.ROOM));
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
}
