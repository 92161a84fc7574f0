package org.octaveserver.ops.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What user code said of a metric of its own while a call ran: part of METRICS.
 *
 * @param kind what is done with the number
 * @param name as Prometheus allows it
 * @param value the gauge's new value, or what the counter grows by: finite and not negative
 */
public record MetricUpdate(Kind kind, String name, double value) {
    /** The kinds of metric, in the order of their numbers on the wire. */
    public enum Kind {
        GAUGE,
        COUNTER
    }

    private static final int SMALLEST = Integer.BYTES + Integer.BYTES + Double.BYTES;
    private static final int LONGEST_NAME = 200;
    /** How the server's own metrics are called. */
    private static final List<String> RESERVED = List.of("matlabprodserver_", "ops_");

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /**
     * Reads the updates that a METRICS frame carries.
     *
     * @throws WireException when the frame belongs to another request or is malformed
     */
    public static List<MetricUpdate> read(Frame frame, long number) throws WireException {
        if (frame.number() != number) {
            throw new WireException("metrics of request " + Long.toUnsignedString(frame.number())
                    + " came while request " + number + " ran");
        }
        PayloadReader payload = new PayloadReader(frame.payload());
        int count = payload.count(SMALLEST);
        List<MetricUpdate> updates = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            updates.add(read(payload));
        }
        payload.end();
        return updates;
    }

    private static MetricUpdate read(PayloadReader payload) throws WireException {
        int kind = payload.number32();
        String name = payload.text();
        double value = Double.longBitsToDouble(payload.number64());
        if (kind < 0 || kind >= Kind.values().length) {
            throw new WireException("a metric has no kind " + kind);
        }
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new WireException("a metric has a name that Prometheus does not allow");
        }
        if (RESERVED.stream().anyMatch(name::startsWith)) {
            throw new WireException("the metric " + name + " is named like one of the server's own");
        }
        if (Kind.values()[kind] == Kind.COUNTER && !(value >= 0 && Double.isFinite(value))) {
            throw new WireException("the counter " + name + " grows by " + value);
        }
        return new MetricUpdate(Kind.values()[kind], name, value);
    }
}
