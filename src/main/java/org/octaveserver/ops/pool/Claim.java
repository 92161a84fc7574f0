package org.octaveserver.ops.pool;

import java.util.OptionalInt;
import org.octaveserver.ops.worker.Isolation;

/**
 * On what terms a call wants a worker.
 *
 * @param party whose call it is: a principal, or the address of an anonymous client
 * @param weight the share of the party beside others; at least 1
 * @param urgency as in RFC 9218, from 0, the most urgent, to 7: orders the calls of one party; those of a party whose calls are
 *     urgent are served more often than another's, but not always before them
 * @param isolation what it may find of the calls before it
 * @param mostOfParty how many calls of the party may run at once on this node, at least 1; the claim that came last counts
 * @param mostOfBundle how many calls of the bundle, whatever their version, may run at once on this node when one of this
 *     version begins, at least 1; the claim for the version that came last counts
 */
public record Claim(
        String party, int weight, int urgency, Isolation isolation, OptionalInt mostOfParty, OptionalInt mostOfBundle) {
    /** The urgency of a call that says nothing of it (RFC 9218, section 4.1). */
    public static final int USUAL_URGENCY = 3;

    /** The urgency of what may wait (RFC 9218, section 4.1). */
    public static final int LEAST_URGENCY = 7;

    public Claim {
        check("weight", weight, 1, Integer.MAX_VALUE);
        check("urgency", urgency, 0, LEAST_URGENCY);
        mostOfParty.ifPresent(most -> check("mostOfParty", most, 1, Integer.MAX_VALUE));
        mostOfBundle.ifPresent(most -> check("mostOfBundle", most, 1, Integer.MAX_VALUE));
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    /** What the party is charged when the call gets a worker: 1 for a usual one of weight 1. */
    double charge() {
        return Math.scalb(1.0, urgency - USUAL_URGENCY) / weight;
    }
}
