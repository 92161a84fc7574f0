package org.octaveserver.ops.bench;

import java.util.List;

/** What went wrong in runs of wrk. */
final class Faults {
    private Faults() {}

    static boolean areNone(List<WrkResult> runs) {
        return runs.stream().allMatch(WrkResult::isClean);
    }

    /** For people. */
    static String of(List<WrkResult> runs) {
        return runs.stream().mapToLong(WrkResult::refused).sum() + " answers that are no 200, "
                + runs.stream().mapToLong(WrkResult::broken).sum() + " connections broken";
    }
}
