package org.octaveserver.ops.bench;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code wrk --latency} says of one run.
 *
 * @param perSecond answers a second
 * @param median microseconds
 * @param p99 microseconds
 * @param max microseconds
 * @param requests how many were answered
 * @param refused how many were answered with another status than 2xx or 3xx
 * @param broken how many connections failed, timeouts included
 */
record WrkResult(double perSecond, double median, double p99, double max, long requests, long refused, long broken) {
    private static final String TIME = "([0-9.]+)(us|ms|s|m|h)\\b";
    private static final Pattern LATENCY =
            Pattern.compile("(?m)^ *Latency +" + TIME + " +" + TIME + " +" + TIME + " +[0-9.]+%");
    private static final Pattern REQUESTS = Pattern.compile("(?m)^ *([0-9]+) requests in ");
    private static final Pattern PER_SECOND = Pattern.compile("(?m)^Requests/sec: +([0-9.]+)");
    private static final Pattern REFUSED = Pattern.compile("(?m)^ *Non-2xx or 3xx responses: ([0-9]+)");
    private static final Pattern BROKEN =
            Pattern.compile("(?m)^ *Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)");
    private static final Map<String, Double> MICROSECONDS =
            Map.of("us", 1.0, "ms", 1e3, "s", 1e6, "m", 6e7, "h", 3.6e9);

    /**
     * Reads what wrk has written.
     *
     * @throws IllegalArgumentException when that is no result, with the text
     */
    static WrkResult parse(String text) {
        Matcher latency = found(LATENCY, text).orElseThrow(() -> none(text));
        Matcher broken = BROKEN.matcher(text);
        long failures = 0;
        if (broken.find()) {
            for (int i = 1; i <= broken.groupCount(); i++) {
                failures += Long.parseLong(broken.group(i));
            }
        }
        return new WrkResult(
                number(PER_SECOND, text),
                percentile(50, text),
                percentile(99, text),
                microseconds(latency.group(5), latency.group(6)),
                (long) number(REQUESTS, text),
                found(REFUSED, text)
                        .map(refused -> Long.parseLong(refused.group(1)))
                        .orElse(0L),
                failures);
    }

    private static double percentile(int which, String text) {
        Matcher line =
                found(Pattern.compile("(?m)^ *" + which + "% +" + TIME), text).orElseThrow(() -> none(text));
        return microseconds(line.group(1), line.group(2));
    }

    private static double microseconds(String number, String unit) {
        Double factor = MICROSECONDS.get(unit);
        if (factor == null) {
            throw new IllegalArgumentException("no unit of time is " + unit);
        }
        return Double.parseDouble(number) * factor;
    }

    private static double number(Pattern line, String text) {
        return Double.parseDouble(
                found(line, text).orElseThrow(() -> none(text)).group(1));
    }

    private static Optional<Matcher> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher) : Optional.empty();
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException("wrk gave no result: " + text.strip());
    }

    /** Whether every request was answered well. */
    boolean isClean() {
        return refused == 0 && broken == 0;
    }
}
