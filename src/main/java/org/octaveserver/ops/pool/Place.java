package org.octaveserver.ops.pool;

import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where a party stands in a lane: its tag, the virtual time from which it is its turn, and its calls that wait there. Guarded
 * by the pool's lock. What decides its order changes only while it is withdrawn from its lane's order.
 */
final class Place {
    /** Whose turn it is; of those of one tag, that which has had it longest. */
    static final Comparator<Place> BY_TAG =
            Comparator.comparingDouble(Place::tag).thenComparingLong(place -> place.stamp);

    /** Whose tag is least when it has been served once more; none of them is empty. */
    static final Comparator<Place> BY_FINISH =
            Comparator.comparingDouble(Place::finish).thenComparingLong(place -> place.stamp);

    /** Which has the call that waits longest; none of them is empty. */
    static final Comparator<Place> BY_AGE =
            Comparator.comparingLong(place -> place.oldest().arrival());

    private final Lane lane;
    private final Party party;
    private final NavigableSet<QueuedCall> warm = new TreeSet<>(QueuedCall.BY_URGENCY);
    private final NavigableSet<QueuedCall> fresh = new TreeSet<>(QueuedCall.BY_URGENCY);
    private final NavigableSet<QueuedCall> arrivals = new TreeSet<>(QueuedCall.BY_ARRIVAL);
    private double tag;
    private long stamp;
    /** How many of its calls run. */
    int running;
    /** Whether the lane's order has it. */
    boolean listed;
    /** How many of its calls the lane has counted as startable. */
    int startable;
    /** Whether its party had as many calls running as it may when this was looked at last. */
    boolean held;
    /** Whether it has let others go first for what its party was served elsewhere, since it was served here. */
    boolean yielded;

    Place(Lane lane, Party party) {
        this.lane = lane;
        this.party = party;
    }

    Lane lane() {
        return lane;
    }

    Party party() {
        return party;
    }

    double tag() {
        return tag;
    }

    /** The tag that it will have when its next call has been served; there is one. */
    double finish() {
        return tag + first(true).claim().charge();
    }

    /** Its turn comes at another time, and behind those that have that tag already. */
    void moveTo(double time, long order) {
        tag = time;
        stamp = order;
    }

    /** Its turn is not before a time. */
    void raise(double least) {
        tag = Math.max(tag, least);
    }

    boolean isEmpty() {
        return arrivals.isEmpty();
    }

    /** How many of its calls could run as far as its party is concerned. */
    int possible() {
        return Math.min(arrivals.size(), party.room());
    }

    boolean takesUsed() {
        return !warm.isEmpty();
    }

    void add(QueuedCall call) {
        sameIsolation(call).add(call);
        arrivals.add(call);
    }

    /** Answers whether it was there. */
    boolean remove(QueuedCall call) {
        return arrivals.remove(call) && sameIsolation(call).remove(call);
    }

    private NavigableSet<QueuedCall> sameIsolation(QueuedCall call) {
        return call.takesUsed() ? warm : fresh;
    }

    /** The call that is served next; there is one that suits. */
    QueuedCall first(boolean clean) {
        if (!clean || fresh.isEmpty()) {
            return warm.first();
        }
        return warm.isEmpty() || QueuedCall.BY_URGENCY.compare(fresh.first(), warm.first()) < 0
                ? fresh.first()
                : warm.first();
    }

    /** The call that waits longest; there is one. */
    QueuedCall oldest() {
        return arrivals.first();
    }

    /** All calls, oldest first. */
    Stream<QueuedCall> calls() {
        return arrivals.stream();
    }
}
