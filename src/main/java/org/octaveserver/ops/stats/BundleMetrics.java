package org.octaveserver.ops.stats;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.wire.MetricUpdate;

/**
 * The metrics that user code reports ({@code prodserver.metrics}), by bundle. Counters add up over all workers of a bundle
 * and outlive them, until the server stops or the bundle is taken away. Thread-safe.
 */
public final class BundleMetrics {
    private static final Logger LOG = LogManager.getLogger(BundleMetrics.class);
    /** Of one bundle: user code may make names up. */
    private static final int MOST_NAMES = 1000;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<String, Map<String, Sample>> bundles = new TreeMap<>();

    /** One metric of one bundle. */
    public record Sample(String bundle, String name, MetricUpdate.Kind kind, double value) {}

    /** Takes over what a call of a bundle reported, in its order. */
    public void update(String bundle, List<MetricUpdate> updates) {
        lock.lock();
        try {
            Map<String, Sample> samples = bundles.computeIfAbsent(bundle, b -> new TreeMap<>());
            long dropped = updates.stream()
                    .filter(update -> !isTaken(bundle, samples, update))
                    .count();
            if (dropped > 0) {
                LOG.warn(
                        "bundle={} metrics={} of a call are dropped: a bundle may have {}, each of one kind",
                        bundle,
                        dropped,
                        MOST_NAMES);
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isTaken(String bundle, Map<String, Sample> samples, MetricUpdate update) {
        Sample none = new Sample(bundle, update.name(), update.kind(), 0);
        Sample before = samples.getOrDefault(update.name(), none);
        boolean fits = samples.containsKey(update.name()) || samples.size() < MOST_NAMES;
        if (!fits || before.kind() != update.kind()) {
            return false;
        }
        boolean grows = update.kind() == MetricUpdate.Kind.COUNTER;
        double value = grows ? Math.min(before.value() + update.value(), Double.MAX_VALUE) : update.value();
        samples.put(update.name(), new Sample(bundle, update.name(), update.kind(), value));
        return true;
    }

    /**
     * All samples, by bundle and name.
     *
     * @param deployed the bundles whose metrics are still of interest; those of others are forgotten
     */
    public List<Sample> samples(Set<String> deployed) {
        lock.lock();
        try {
            bundles.keySet().retainAll(deployed);
            List<Sample> all = new ArrayList<>();
            bundles.values().forEach(samples -> all.addAll(samples.values()));
            return all;
        } finally {
            lock.unlock();
        }
    }
}
