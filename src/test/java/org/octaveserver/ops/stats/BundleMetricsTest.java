package org.octaveserver.ops.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.stats.BundleMetrics.Sample;
import org.octaveserver.ops.wire.MetricUpdate;
import org.octaveserver.ops.wire.MetricUpdate.Kind;

class BundleMetricsTest {
    private final BundleMetrics metrics = new BundleMetrics();

    @Test
    void countersGrowAndGaugesAreSetForEachBundleApart() {
        metrics.update("b", List.of(counter("n", 2), gauge("g", 7)));
        metrics.update("b", List.of(counter("n", 3), gauge("g", -1)));
        metrics.update("a", List.of(gauge("n", 4)));

        assertThat(metrics.samples(Set.of("a", "b")))
                .containsExactly(
                        new Sample("a", "n", Kind.GAUGE, 4),
                        new Sample("b", "g", Kind.GAUGE, -1),
                        new Sample("b", "n", Kind.COUNTER, 5));
    }

    @Test
    void aCounterStaysANumber() {
        metrics.update("b", List.of(counter("n", Double.MAX_VALUE), counter("n", Double.MAX_VALUE)));

        assertThat(metrics.samples(Set.of("b"))).containsExactly(new Sample("b", "n", Kind.COUNTER, Double.MAX_VALUE));
    }

    @Test
    void aMetricKeepsTheKindThatItBeganWith() {
        metrics.update("b", List.of(counter("n", 2)));
        metrics.update("b", List.of(gauge("n", 100)));

        assertThat(metrics.samples(Set.of("b"))).containsExactly(new Sample("b", "n", Kind.COUNTER, 2));
    }

    @Test
    void aBundleHasOnlySoManyMetrics() {
        metrics.update(
                "b", IntStream.range(0, 1500).mapToObj(i -> gauge("m" + i, i)).toList());
        metrics.update("b", List.of(gauge("m3", 33)));

        assertThat(metrics.samples(Set.of("b")))
                .hasSize(1000)
                .contains(new Sample("b", "m3", Kind.GAUGE, 33))
                .noneMatch(sample -> sample.name().equals("m1000"));
    }

    @Test
    void theMetricsOfABundleThatWasTakenAwayAreForgotten() {
        metrics.update("b", List.of(counter("n", 2)));

        assertThat(metrics.samples(Set.of("a"))).isEmpty();
        assertThat(metrics.samples(Set.of("b"))).isEmpty();
    }

    private static MetricUpdate counter(String name, double value) {
        return new MetricUpdate(Kind.COUNTER, name, value);
    }

    private static MetricUpdate gauge(String name, double value) {
        return new MetricUpdate(Kind.GAUGE, name, value);
    }
}
