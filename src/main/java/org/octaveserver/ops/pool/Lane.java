package org.octaveserver.ops.pool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * The calls that wait for workers of one key, in start-time fair queueing (Goyal, Vin, Cheng: Start-time Fair Queueing,
 * SIGCOMM 1996). The place with the least tag is served, and its tag grows by the charge; a place that comes begins at the
 * virtual time: the tag of the place served last. So it is the next one beside a place that is served all the time.
 *
 * <p>Other than there, the virtual time also goes on with each call that is served before others: else parties that come for one
 * call each could keep all others waiting for ever. It stays within the next call of each of these, so that they lose nothing
 * of their shares. Guarded by the pool's lock.
 */
final class Lane {
    private final WorkerSpec key;
    private final BundleCalls bundle;
    private final Map<String, Party> parties;
    private final Map<String, Place> places = new HashMap<>();
    /** Places with calls that may begin. */
    private final NavigableSet<Place> ready = new TreeSet<>(Place.BY_TAG);
    /** Those of them for which a worker does that has run calls. */
    private final NavigableSet<Place> readyForUsed = new TreeSet<>(Place.BY_TAG);

    private final NavigableSet<Place> readyByFinish = new TreeSet<>(Place.BY_FINISH);
    private final NavigableSet<Place> readyByAge = new TreeSet<>(Place.BY_AGE);
    /** Places without any call that have been served more than is their due. */
    private final NavigableSet<Place> ahead = new TreeSet<>(Place.BY_TAG);

    private double virtualTime;
    private long stamps;
    private int waiting;
    private int startable;
    private int running;
    private int mostOfBundle = Integer.MAX_VALUE;

    /**
     * A lane without calls.
     *
     * @param bundle that of the key
     * @param parties all that the queue knows; those of which nothing is left are removed
     */
    Lane(WorkerSpec key, BundleCalls bundle, Map<String, Party> parties) {
        this.key = key;
        this.bundle = bundle;
        this.parties = parties;
    }

    WorkerSpec key() {
        return key;
    }

    BundleCalls bundle() {
        return bundle;
    }

    int waiting() {
        return waiting;
    }

    /** Whether nothing of it waits or runs: then it knows nothing any more. */
    boolean isOver() {
        return waiting == 0 && running == 0;
    }

    /** How many of the calls could run now. */
    int startable() {
        return Math.min(startable, room());
    }

    private int room() {
        return Math.max(0, mostOfBundle - bundle.running());
    }

    /** How many of the bundle may run at once from now on. */
    void limit(OptionalInt most) {
        mostOfBundle = most.orElse(Integer.MAX_VALUE);
    }

    void add(QueuedCall call) {
        Claim claim = call.claim();
        Party party = parties.computeIfAbsent(claim.party(), Party::new);
        Place place = places.computeIfAbsent(claim.party(), name -> new Place(this, party));
        party.join(place);
        party.limit(claim.mostOfParty());
        withdraw(place);
        if (place.isEmpty()) {
            place.moveTo(Math.max(place.tag(), virtualTime), ++stamps);
        }
        place.add(call);
        waiting++;
        insert(place);
    }

    boolean remove(QueuedCall call) {
        Place place = places.get(call.claim().party());
        if (place == null) {
            return false;
        }
        withdraw(place);
        boolean removed = place.remove(call);
        waiting -= removed ? 1 : 0;
        insert(place);
        forgetPast();
        return removed;
    }

    /** Removes and answers the call that is served next, if a worker suits one that may run. */
    Optional<QueuedCall> next(boolean clean) {
        NavigableSet<Place> order = clean ? ready : readyForUsed;
        if (order.isEmpty() || room() == 0) {
            return Optional.empty();
        }
        Place place = order.first();
        QueuedCall call = place.first(clean);
        withdraw(place);
        place.remove(call);
        waiting--;
        charge(place, call.claim().charge(), order.size());
        running++;
        place.running++;
        bundle.began();
        place.party().began();
        insert(place);
        place.party().servedAt(place);
        forgetPast();
        return Optional.of(call);
    }

    /** The place is in no order now; the others that could have been served are. */
    private void charge(Place place, double charge, int others) {
        virtualTime = Math.max(virtualTime, place.tag());
        // Who waited for a worker of another kind than there were has no more than one call before those who come.
        place.moveTo(Math.max(place.tag() + charge, virtualTime), ++stamps);
        place.yielded = false;
        if (others > 0) {
            double later = Math.min(
                    virtualTime + charge / (others + 1), readyByFinish.first().finish());
            virtualTime = Math.max(virtualTime, later);
        }
    }

    /**
     * The party of a place was served in another lane: here it lets another one go first, once. It does not pay in full, or
     * who is served often by a quick bundle would never be served by a slow one.
     */
    void standBack(Place place) {
        if (place.yielded || !place.listed) {
            return;
        }
        withdraw(place);
        if (!ready.isEmpty() && Place.BY_TAG.compare(place, ready.first()) < 0) {
            place.moveTo(ready.first().tag(), ++stamps);
            place.yielded = true;
        }
        insert(place);
    }

    /** A call of a party runs no more. */
    void ended(String party) {
        Place place = places.get(party);
        if (place == null || place.running == 0) {
            throw new IllegalStateException("no call of " + party + " runs on " + key.label());
        }
        running--;
        place.running--;
        bundle.ended();
        place.party().ended();
        insert(place);
    }

    /** Whether the call that is served next needs a worker that has run none. */
    boolean nextNeedsClean() {
        return startable() > 0 && !ready.first().first(true).takesUsed();
    }

    /** Since when the oldest call waits of those parties that may run one, as nanoTime counts; empty when none could run. */
    OptionalLong waitingSince() {
        return startable() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(readyByAge.first().oldest().since());
    }

    /** All calls that wait, oldest first. */
    List<QueuedCall> calls() {
        return places.values().stream()
                .flatMap(Place::calls)
                .sorted(QueuedCall.BY_ARRIVAL)
                .toList();
    }

    /** Takes a place out of the order, if it is there. */
    void withdraw(Place place) {
        if (!place.listed) {
            return;
        }
        if (place.isEmpty()) {
            ahead.remove(place);
        } else {
            ready.remove(place);
            readyForUsed.remove(place);
            readyByFinish.remove(place);
            readyByAge.remove(place);
        }
        startable -= place.startable;
        place.startable = 0;
        place.listed = false;
    }

    /** The room of a place's party has changed. */
    void recount(Place place) {
        int now = place.possible();
        if (place.listed && now > 0) {
            startable += now - place.startable;
            place.startable = now;
        } else {
            withdraw(place);
            insert(place);
        }
    }

    /** Puts a place where it belongs now. */
    void insert(Place place) {
        if (place.listed) {
            return;
        }
        if (place.isEmpty()) {
            rest(place);
        } else if (place.party().room() == 0) {
            place.held = true;
        } else {
            list(place);
        }
    }

    /** Whose party was held back by its limit does not catch up. */
    private void list(Place place) {
        if (place.held) {
            place.held = false;
            place.raise(virtualTime);
        }
        place.listed = true;
        place.startable = place.possible();
        startable += place.startable;
        ready.add(place);
        readyByFinish.add(place);
        readyByAge.add(place);
        if (place.takesUsed()) {
            readyForUsed.add(place);
        }
    }

    /** A place of which calls run is found by its name only. */
    private void rest(Place place) {
        if (place.running > 0) {
            return;
        }
        if (waiting == 0 || place.tag() <= virtualTime) {
            forget(place);
        } else {
            ahead.add(place);
            place.listed = true;
        }
    }

    /** Who comes back gains nothing once the virtual time has reached his tag, nor where nobody waits. */
    private void forgetPast() {
        while (!ahead.isEmpty() && (waiting == 0 || ahead.first().tag() <= virtualTime)) {
            Place past = ahead.first();
            withdraw(past);
            forget(past);
        }
    }

    private void forget(Place place) {
        Party party = place.party();
        places.remove(party.name());
        if (party.leave(place)) {
            parties.remove(party.name());
        }
    }
}
