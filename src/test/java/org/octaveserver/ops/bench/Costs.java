package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Processor time of one request, in microseconds.
 *
 * @param jvm that of the JVM that answers, or that loops
 * @param workers that of the workers and their templates
 * @param generator that of wrk
 * @param wall the time that passed
 */
record Costs(double jvm, double workers, double generator, double wall) {
    /**
     * Counts what processes use.
     *
     * @param jvm the one that answers, or that loops
     * @param home in which its workers have their directories
     */
    record Clock(long jvm, Path home) {
        /** In milliseconds since they were started. */
        private Costs now() throws IOException {
            return new Costs(
                    CpuTime.of(jvm),
                    CpuTime.of(CpuTime.processesOf(home)),
                    CpuTime.ofEndedChildren(),
                    System.nanoTime() / 1e6);
        }

        /** Measures something, and what a request of it costs. */
        <T> Priced<T> price(Rounds.Kind<T> kind, ToDoubleFunction<T> requests)
                throws IOException, InterruptedException {
            Costs before = now();
            T result = kind.once();
            Costs after = now();
            double each = 1000 / requests.applyAsDouble(result);
            return new Priced<>(
                    result,
                    new Costs(
                            (after.jvm - before.jvm) * each,
                            (after.workers - before.workers) * each,
                            (after.generator - before.generator) * each,
                            (after.wall - before.wall) * each));
        }
    }

    /** A result and what a request cost. */
    record Priced<T>(T result, Costs costs) {}

    /** Of all rounds. */
    static Costs median(List<Costs> all) {
        return new Costs(
                Rounds.median(all, Costs::jvm),
                Rounds.median(all, Costs::workers),
                Rounds.median(all, Costs::generator),
                Rounds.median(all, Costs::wall));
    }

    /** For people: what counts nothing is left out. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "JVM %.1f us", jvm));
        if (workers > 0) {
            text.append(String.format(Locale.ROOT, ", workers %.1f us", workers));
        }
        if (generator > 0) {
            text.append(String.format(Locale.ROOT, ", wrk %.1f us", generator));
        }
        return text.toString();
    }
}
