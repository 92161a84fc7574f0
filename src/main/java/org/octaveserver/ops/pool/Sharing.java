package org.octaveserver.ops.pool;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Which worker makes room for another bundle when there are as many as there may be. A worker that was started serves its
 * bundle for a while before it does, or more workers would start than calls are answered. Guarded by the pool's lock.
 */
final class Sharing {
    /** A bundle is called no more when its worker has waited as long: callers that come one after the other are quicker. */
    private static final Duration GRACE = Duration.ofMillis(25);

    private final long slice;
    private final long grace;
    private final IdleWorkers workers;
    private final Map<WorkerSpec, Shelf> shelves;

    /** An idle worker that may make room. */
    private record Candidate(WorkerSpec key, Resident worker, long lastAsked, long left) {}

    /** A shelf for which calls wait, as it stood when the order was made: sorting must not see it change. */
    private record Need(Map.Entry<WorkerSpec, Shelf> shelf, boolean served, long since) {}

    /**
     * Among these workers.
     *
     * @param slice how long one serves before it makes room
     */
    Sharing(Duration slice, IdleWorkers workers, Map<WorkerSpec, Shelf> shelves) {
        this.slice = slice.toNanos();
        this.grace = Math.min(slice.toNanos(), GRACE.toNanos());
        this.workers = workers;
        this.shelves = shelves;
    }

    /** Those without any worker first: a busy bundle must not take the room that was made for them. */
    List<Map.Entry<WorkerSpec, Shelf>> neediestFirst() {
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
                ? Optional.of(new Need(entry, hasAny(entry.getKey(), entry.getValue()), since.getAsLong()))
                : Optional.empty();
    }

    /** Whether a key has a worker, or will have one. */
    boolean hasAny(WorkerSpec key, Shelf shelf) {
        return workers.total(key) + shelf.starting > 0;
    }

    /**
     * Lends the idle worker that is to make room for a call of this key: of the bundle that was asked for longest ago; of the
     * same one, which has none that nobody has used, where there is no other.
     */
    Optional<Map.Entry<WorkerSpec, Resident>> victim(WorkerSpec key, long now) {
        Optional<Candidate> found = candidates(key, now)
                .filter(one -> one.left() <= 0)
                .min(Comparator.comparingLong(one -> one.lastAsked() - now));
        WorkerSpec owner = found.map(Candidate::key).orElse(key);
        return workers.borrow(
                        owner, one -> found.isEmpty() || one == found.get().worker())
                .map(one -> Map.entry(owner, one));
    }

    /** How many nanoseconds it takes until an idle worker of another key may make room. */
    OptionalLong nextVictim(WorkerSpec key, long now) {
        return candidates(key, now).mapToLong(Candidate::left).min();
    }

    private Stream<Candidate> candidates(WorkerSpec key, long now) {
        return shelves.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(key) && workers.idle(entry.getKey()) > 0)
                .flatMap(entry -> leastUsed(entry.getKey())
                        .map(one -> new Candidate(entry.getKey(), one, entry.getValue().lastAsked, untilFree(one, now)))
                        .stream());
    }

    /** The last one to be lent again; no process that is dead counts. */
    private Optional<Resident> leastUsed(WorkerSpec key) {
        List<Resident> idle = workers.borrowAll(key);
        workers.giveBack(key, idle);
        return idle.isEmpty() ? Optional.empty() : Optional.of(idle.get(idle.size() - 1));
    }

    private long untilFree(Resident worker, long now) {
        return Math.min(
                slice - worker.age(now).toNanos(), grace - worker.idle(now).toNanos());
    }

    /** Whether a worker that has just been used is to make room for a bundle that has none and waits too long. */
    boolean isOverdue(WorkerSpec key, Resident worker, long now) {
        return worker.age(now).toNanos() >= slice
                && shelves.entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(key))
                        .filter(entry -> !hasAny(entry.getKey(), entry.getValue()))
                        .map(entry -> entry.getValue().waitingSince())
                        .anyMatch(since -> since.isPresent() && now - since.getAsLong() >= slice);
    }
}
