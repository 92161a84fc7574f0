package org.octaveserver.ops.pool;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * All calls of this node that wait for a worker, and who of them gets the next one: the parties in fair shares
 * ({@link Lane}), the calls of one party by urgency and then in the order in which they came, within the limits of what may
 * run at once. One call of a party that has none yet is the very next one, however many calls another party has waiting.
 * Each operation costs the logarithm of what waits. Not thread-safe: the pool calls it under its lock.
 */
final class FairQueue {
    private final Map<WorkerSpec, Lane> lanes = new HashMap<>();
    private final Map<String, BundleCalls> bundles = new HashMap<>();
    private final Map<String, Party> parties = new HashMap<>();
    /** Those in which calls wait. */
    private final Set<Lane> waitingLanes = new LinkedHashSet<>();

    private long arrivals;
    private int size;

    /** A call begins to wait for a worker of this key. */
    void add(WorkerSpec spec, QueuedCall call) {
        call.arrive(++arrivals);
        Lane lane = lanes.computeIfAbsent(spec, this::open);
        lane.limit(call.claim().mostOfBundle());
        lane.add(call);
        waitingLanes.add(lane);
        size++;
    }

    private Lane open(WorkerSpec key) {
        BundleCalls bundle = bundles.computeIfAbsent(key.bundle(), BundleCalls::new);
        bundle.join();
        return new Lane(key, bundle, parties);
    }

    /** A call gives up; answers whether it waited. Its party is not charged for it. */
    boolean remove(WorkerSpec spec, QueuedCall call) {
        Lane lane = lanes.get(spec);
        if (lane == null || !lane.remove(call)) {
            return false;
        }
        size--;
        settle(spec, lane);
        return true;
    }

    /**
     * Removes and answers the call that gets a worker of this key. It runs from now on, and its party is charged.
     *
     * @param clean whether the worker has run no call: another one suits warm calls only
     */
    Optional<QueuedCall> next(WorkerSpec spec, boolean clean) {
        Lane lane = lanes.get(spec);
        if (lane == null) {
            return Optional.empty();
        }
        Optional<QueuedCall> next = lane.next(clean);
        if (next.isPresent()) {
            size--;
            settle(spec, lane);
        }
        return next;
    }

    /**
     * A call that {@link #next} has answered runs no more.
     *
     * @throws IllegalStateException when none of its party runs
     */
    void ended(WorkerSpec spec, Claim claim) {
        Lane lane = lanes.get(spec);
        if (lane == null) {
            throw new IllegalStateException("no call runs on " + spec.label());
        }
        lane.ended(claim.party());
        settle(spec, lane);
    }

    /** How many calls wait. */
    int size() {
        return size;
    }

    /** How many calls wait for this key. */
    int waiting(WorkerSpec spec) {
        return lane(spec).map(Lane::waiting).orElse(0);
    }

    /** How many of the calls that wait for this key could run now if there were workers: limits hold back the others. */
    int startable(WorkerSpec spec) {
        return lane(spec).map(Lane::startable).orElse(0);
    }

    /**
     * Since when that call waits which waits longest, as nanoTime counts, among those of parties that may run one; empty
     * when none could run now.
     */
    OptionalLong waitingSince(WorkerSpec spec) {
        return lane(spec).map(Lane::waitingSince).orElse(OptionalLong.empty());
    }

    /** Whether the next call for this key needs a worker that has run none. */
    boolean nextNeedsClean(WorkerSpec spec) {
        return lane(spec).map(Lane::nextNeedsClean).orElse(false);
    }

    /** For what calls wait, whether they could run now or not. */
    Collection<WorkerSpec> keys() {
        return waitingLanes.stream().map(Lane::key).toList();
    }

    /** Of how many parties something is known. */
    int parties() {
        return parties.size();
    }

    /** Removes and answers all calls that wait for this key, oldest first. */
    List<QueuedCall> removeAll(WorkerSpec spec) {
        return Optional.ofNullable(lanes.get(spec))
                .map(lane -> empty(spec, lane))
                .orElse(List.of());
    }

    /** Removes and answers all calls that wait, oldest first. */
    List<QueuedCall> removeAll() {
        return List.copyOf(waitingLanes).stream()
                .flatMap(lane -> empty(lane.key(), lane).stream())
                .sorted(QueuedCall.BY_ARRIVAL)
                .toList();
    }

    private List<QueuedCall> empty(WorkerSpec key, Lane lane) {
        List<QueuedCall> calls = lane.calls();
        calls.forEach(lane::remove);
        size -= calls.size();
        settle(key, lane);
        return calls;
    }

    private Optional<Lane> lane(WorkerSpec spec) {
        return Optional.ofNullable(lanes.get(spec));
    }

    /** Forgets what is over. */
    private void settle(WorkerSpec key, Lane lane) {
        if (lane.waiting() == 0) {
            waitingLanes.remove(lane);
        }
        if (lane.isOver()) {
            lanes.remove(key);
            if (lane.bundle().leave()) {
                bundles.remove(lane.bundle().name());
            }
        }
    }
}
