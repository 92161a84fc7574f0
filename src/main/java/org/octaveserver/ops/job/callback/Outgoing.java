package org.octaveserver.ops.job.callback;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private static final int MOST_REMEMBERED = 1000;

    private final int most;
    private final int mostOfHost;
    private final List<Delivery> waiting = new ArrayList<>();
    private final Map<String, Integer> sending = new HashMap<>();
    /** When it was each host's turn last, as a number that grows. */
    private final Map<String, Long> turns = new LinkedHashMap<>();

    private long turn;
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

    /** The next that may be sent now, of the host whose turn was longest ago; it counts until it has {@link #ended}. */
    synchronized Optional<Delivery> next() {
        if (!hasRoom()) {
            return Optional.empty();
        }
        Optional<Delivery> next = waiting.stream()
                .filter(one -> sending.getOrDefault(host(one), 0) < mostOfHost)
                .min(Comparator.comparingLong(one -> turns.getOrDefault(host(one), 0L)));
        next.ifPresent(this::begins);
        return next;
    }

    private void begins(Delivery delivery) {
        String host = host(delivery);
        waiting.remove(delivery);
        sending.merge(host, 1, Integer::sum);
        all++;
        // Behind all others, to be forgotten first when there are many.
        turns.remove(host);
        turns.put(host, ++turn);
        if (turns.size() > MOST_REMEMBERED) {
            turns.remove(turns.keySet().iterator().next());
        }
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
