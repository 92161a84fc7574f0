package org.octaveserver.ops.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Kinds that are compared take turns in several short rounds, so that what disturbs the machine disturbs all of them. */
final class Rounds {
    private Rounds() {}

    /** Measures once. */
    interface Kind<T> {
        T once() throws IOException, InterruptedException;
    }

    /** What each kind gave in each round, in the order of the kinds. */
    static <T> List<List<T>> of(int rounds, List<? extends Kind<? extends T>> kinds)
            throws IOException, InterruptedException {
        List<List<T>> results = new ArrayList<>();
        kinds.forEach(kind -> results.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int kind = 0; kind < kinds.size(); kind++) {
                results.get(kind).add(kinds.get(kind).once());
            }
        }
        return results;
    }

    /** That of all rounds of one kind. */
    static <T> double median(List<T> results, ToDoubleFunction<T> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
