package org.octaveserver.ops.pool;

import java.util.OptionalInt;
import org.octaveserver.ops.worker.Isolation;

/** Claims of calls of which nothing but the isolation matters. */
public final class Claims {
    public static final Claim WARM = of("somebody", Isolation.WARM);
    public static final Claim FRESH = of("somebody", Isolation.FRESH);

    private Claims() {}

    static Claim of(String party, Isolation isolation) {
        return new Claim(party, 1, Claim.USUAL_URGENCY, isolation, OptionalInt.empty(), OptionalInt.empty());
    }
}
