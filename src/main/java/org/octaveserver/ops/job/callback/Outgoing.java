package org.octaveserver.ops.job.callback;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.job.DeliveryStore.Delivery;

/**
 * Callbacks at hand, and those that are being sent: few at once to one host, so that one that takes its time leaves room for
 * the others. Thread-safe.
 */
final class Outgoing {
    private final int most;
    private final int mostOfHost;
    private final List<Delivery> waiting = new ArrayList<>();
    private final Map<String, Integer> sending = new HashMap<>();
    private int all;

    /**
     * None yet.
     *
     * @param most how many are sent at once
     * @param mostOfHost how many of them to one host
     */
    Outgoing(int most, int mostOfHost) {
        this.most = most;
        this.mostOfHost = mostOfHost;
    }

    synchronized boolean hasRoom() {
        return all < most;
    }

    synchronized void add(List<Delivery> deliveries) {
        waiting.addAll(deliveries);
    }

    /** The next that may be sent now; it counts until it has {@link #ended}. */
    synchronized Optional<Delivery> next() {
        Iterator<Delivery> each = waiting.iterator();
        while (hasRoom() && each.hasNext()) {
            Delivery one = each.next();
            if (sending.getOrDefault(host(one), 0) < mostOfHost) {
                each.remove();
                sending.merge(host(one), 1, Integer::sum);
                all++;
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    synchronized void ended(Delivery delivery) {
        all--;
        sending.computeIfPresent(host(delivery), (host, count) -> count == 1 ? null : count - 1);
    }

    /** Takes back those whose turn has not come. */
    synchronized List<Delivery> takeBack() {
        List<Delivery> rest = List.copyOf(waiting);
        waiting.clear();
        return rest;
    }

    private static String host(Delivery delivery) {
        URI uri = delivery.uri();
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    }
}
