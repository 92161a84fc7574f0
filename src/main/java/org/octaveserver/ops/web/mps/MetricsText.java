package org.octaveserver.ops.web.mps;

/**
 * Metrics as Prometheus reads them, in the narrow form that MPS's own client insists on: two lines for each, its type and
 * its value, and no others.
 */
final class MetricsText {
    private static final double LARGEST_EXACT = 1e15;

    private final StringBuilder text = new StringBuilder();

    MetricsText counter(String name, Number value) {
        return add("counter", name, "", value);
    }

    MetricsText gauge(String name, Number value) {
        return add("gauge", name, "", value);
    }

    /** A metric of user code's own. */
    MetricsText ofArchive(String archive, String type, String name, Number value) {
        // A bundle's name needs no escapes.
        return add(type, name, "{archive=\"" + archive + "\"}", value);
    }

    private MetricsText add(String type, String name, String labels, Number value) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append(name).append(labels).append(' ').append(number(value)).append('\n');
        return this;
    }

    private static String number(Number value) {
        double number = value.doubleValue();
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_EXACT;
        return whole ? Long.toString(value.longValue()) : Double.toString(number);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
