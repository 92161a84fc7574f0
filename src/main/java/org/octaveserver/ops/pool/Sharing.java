package org.octaveserver.ops.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Which worker makes room for another bundle when there are as many as there may be. A worker that was started serves its
 * bundle for a while before it does, or more workers would start than calls are answered. Guarded by the pool's lock.
 */
final class Sharing {
    /** A bundle is called no more when its worker has waited as long: callers that come one after the other are quicker. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private final long slice;
    private final long grace;
    private final IdleWorkers workers;
    private final Map<WorkerSpec, Shelf> shelves;
    private final FairQueue queue;

    /** An idle worker that may make room. */
    private record Candidate(WorkerSpec key, Resident worker, long unasked, long due, long dueToServed) {}

    /** A key for which calls wait that may begin. */
    private record Need(WorkerSpec key, boolean served, long since) {}

    /**
     * Among these workers.
     *
     * @param slice how long one serves before it makes room
     */
    Sharing(Duration slice, IdleWorkers workers, Map<WorkerSpec, Shelf> shelves, FairQueue queue) {
        this.queue = queue;
        this.slice = slice.toNanos();
        this.grace = Math.min(slice.toNanos(), GRACE.toNanos());
        this.workers = workers;
        this.shelves = shelves;
    }

    /** Those without any worker first: a busy bundle must not take the room that was made for them. */
    List<WorkerSpec> neediestFirst() {
        return queue.keys().stream()
                .flatMap(key -> queue.waitingSince(key).stream().mapToObj(since -> new Need(key, hasAny(key), since)))
                .sorted(Comparator.comparing(Need::served).thenComparingLong(Need::since))
                .map(Need::key)
                .toList();
    }

    /** Whether a key has a worker, or will have one. */
    boolean hasAny(WorkerSpec key) {
        return workers.total(key) > 0 || (shelves.containsKey(key) && shelves.get(key).starting > 0);
    }

    /** All idle workers, those of the bundle that was asked for longest ago first, and of these the one lent longest ago. */
    Offers offers(long now) {
        List<Candidate> all = new ArrayList<>();
        shelves.forEach((key, shelf) -> workers.look(key)
                .forEach(one -> all.add(
                        0,
                        new Candidate(
                                key,
                                one,
                                now - shelf.lastAsked,
                                untilFree(one, now),
                                slice - one.idle(now).toNanos()))));
        all.sort(Comparator.comparingLong(Candidate::unasked).reversed());
        return new Offers(all);
    }

    /** Idle workers, looked through once for all calls that wait. */
    final class Offers {
        private final List<Candidate> left;

        Offers(List<Candidate> all) {
            left = all;
        }

        /**
         * Lends the idle worker that is to make room for a call of this key: of another bundle; of the same one, which has
         * none that nobody has used, where there is no other.
         */
        Optional<Map.Entry<WorkerSpec, Resident>> take(WorkerSpec key) {
            Optional<Candidate> found = left.stream()
                    .filter(one -> !one.key().equals(key) && due(one, key) <= 0)
                    .findFirst()
                    .or(() -> left.stream().filter(one -> one.key().equals(key)).findFirst());
            found.ifPresent(left::remove);
            return found.flatMap(one -> workers.borrow(one.key(), worker -> worker == one.worker())
                    .map(worker -> Map.entry(one.key(), worker)));
        }

        /** How many nanoseconds it takes until a worker of another key may make room. */
        OptionalLong next(WorkerSpec key) {
            return left.stream()
                    .filter(one -> !one.key().equals(key))
                    .mapToLong(one -> due(one, key))
                    .min();
        }
    }

    /**
     * A bundle that has a worker takes those of others only when nobody seems to need them: two bundles that are called in
     * turn would take each other's last one, over and over.
     */
    private long due(Candidate one, WorkerSpec key) {
        return hasAny(key) ? one.dueToServed() : one.due();
    }

    private long untilFree(Resident worker, long now) {
        return Math.min(
                slice - worker.age(now).toNanos(), grace - worker.idle(now).toNanos());
    }

    /** Whether a worker that has just been used is to make room for a bundle that has none and waits too long. */
    boolean isOverdue(WorkerSpec key, Resident worker, long now) {
        return worker.age(now).toNanos() >= slice
                && queue.keys().stream()
                        .filter(other -> !other.equals(key) && !hasAny(other))
                        .map(queue::waitingSince)
                        .anyMatch(since -> since.isPresent() && now - since.getAsLong() >= slice);
    }
}
