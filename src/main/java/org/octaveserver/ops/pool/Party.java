package org.octaveserver.ops.pool;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** What is known of a party: its places in the lanes, and how much of it runs. Guarded by the pool's lock. */
final class Party {
    private final String name;
    private final Set<Place> places = new LinkedHashSet<>();
    private int running;
    private int most = Integer.MAX_VALUE;

    Party(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** How many more of its calls may run. */
    int room() {
        return Math.max(0, most - running);
    }

    /** How many may run at once from now on. */
    void limit(OptionalInt limit) {
        int now = limit.orElse(Integer.MAX_VALUE);
        if (now != most) {
            change(() -> most = now);
        }
    }

    /** One of its calls runs. */
    void began() {
        count(1);
    }

    /** One of its calls runs no more. */
    void ended() {
        count(-1);
    }

    private void count(int more) {
        if (most == Integer.MAX_VALUE) {
            running += more;
        } else {
            change(() -> running += more);
        }
    }

    /** Its places leave the order of their lanes while that changes on which their order depends. */
    private void change(Runnable change) {
        List<Place> waiting = new ArrayList<>(places);
        waiting.removeIf(Place::isEmpty);
        waiting.forEach(place -> place.lane().withdraw(place));
        change.run();
        waiting.forEach(place -> place.lane().insert(place));
    }

    /** One of its calls was served at a place: the others do not stay in front as if nothing had been. */
    void servedAt(Place served) {
        for (Place place : places) {
            if (place != served && !place.isEmpty()) {
                place.lane().standBack(place);
            }
        }
    }

    void join(Place place) {
        places.add(place);
    }

    /** Answers whether it has no other place. */
    boolean leave(Place place) {
        places.remove(place);
        return places.isEmpty();
    }
}
