package org.octaveserver.ops.pool;

import java.util.LinkedHashSet;
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
            most = now;
            recount();
        }
    }

    /** One of its calls runs. */
    void began() {
        running++;
        recountLimited();
    }

    /** One of its calls runs no more. */
    void ended() {
        running--;
        recountLimited();
    }

    private void recountLimited() {
        if (most < Integer.MAX_VALUE) {
            recount();
        }
    }

    private void recount() {
        for (Place place : places) {
            if (!place.isEmpty()) {
                place.lane().recount(place);
            }
        }
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
