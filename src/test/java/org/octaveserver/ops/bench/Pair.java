package org.octaveserver.ops.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Two loads that took turns.
 *
 * @param one the runs of the first
 * @param other those of the second
 */
record Pair(List<WrkResult> one, List<WrkResult> other) {
    /** Measures them when the first is warm; the other must be. */
    static Pair warmed(Stage stage, Load one, Load other) throws IOException, InterruptedException {
        WrkResult unused = stage.wrk().run(one, stage.options().warmUp());
        return measured(stage, one, other);
    }

    /** Measures what is warm. */
    static Pair measured(Stage stage, Load one, Load other) throws IOException, InterruptedException {
        Duration time = stage.options().round();
        List<List<WrkResult>> runs = Rounds.of(
                stage.options().rounds(),
                List.<Rounds.Kind<WrkResult>>of(
                        () -> stage.wrk().run(one, time), () -> stage.wrk().run(other, time)));
        return new Pair(runs.get(0), runs.get(1));
    }

    /** A row about the rate of the first. */
    Row rates(String what, String against) {
        double first = Rounds.median(one, WrkResult::perSecond);
        double second = Rounds.median(other, WrkResult::perSecond);
        return failedWhenFaulty(Row.of(what, Row.rate(first), against + ": " + Row.rate(second), first / second));
    }

    /** A row about the median time of the first. */
    Row times(String what, String against) {
        double first = Rounds.median(one, WrkResult::median);
        double second = Rounds.median(other, WrkResult::median);
        return failedWhenFaulty(Row.of(what, Row.time(first), against + ": " + Row.time(second), first / second));
    }

    private Row failedWhenFaulty(Row row) {
        return row.failedWhen(!Faults.areNone(one), Faults.of(one))
                .failedWhen(!Faults.areNone(other), "compared: " + Faults.of(other));
    }
}
