package org.octaveserver.ops.store;

import java.time.Duration;

/** Sums of milliseconds and durations, of which some mean for ever. */
final class Spans {
    /** Far away, and still far from the end of the numbers. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    private Spans() {}

    /** A time that much later. */
    static long after(long millis, Duration span) {
        return millis + millis(span);
    }

    /** A time that much earlier. */
    static long before(long millis, Duration span) {
        return millis - millis(span);
    }

    static long millis(Duration span) {
        return span.compareTo(Duration.ofMillis(LONGEST)) > 0 ? LONGEST : span.toMillis();
    }
}
