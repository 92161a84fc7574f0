package org.octaveserver.ops.bench;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param what the scenario
 * @param figure what was measured
 * @param against what it is compared with; empty when with nothing
 * @param ratio of the two; empty when there is none
 * @param goal the goal for the ratio or the figure; empty when there is none
 * @param verdict whether the goal is reached
 */
record Row(String what, String figure, String against, String ratio, String goal, Verdict verdict) {
    private static final int LONGEST = 160;

    /** What became of it. */
    enum Verdict {
        NO_GOAL(""),
        REACHED("yes"),
        MISSED("no"),
        FAILED("FAILED");

        final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    /** A figure to know. */
    static Row of(String what, String figure) {
        return new Row(what, figure, "", "", "", Verdict.NO_GOAL);
    }

    /** A figure beside another one. */
    static Row of(String what, String figure, String against, double ratio) {
        return new Row(what, figure, against, number(ratio), "", Verdict.NO_GOAL);
    }

    /** A scenario that could not be measured. */
    static Row failed(String what, Exception why) {
        String message = why.getMessage() == null ? why.toString() : why.getMessage();
        String line = message.lines().findFirst().orElse("");
        return new Row(what, line.substring(0, Math.min(line.length(), LONGEST)), "", "", "", Verdict.FAILED);
    }

    /** The same with a goal. */
    Row goal(String text, boolean reached) {
        return new Row(what, figure, against, ratio, text, reached ? Verdict.REACHED : Verdict.MISSED);
    }

    /** The same, which failed nevertheless. */
    Row failedWhen(boolean failed, String reason) {
        return failed ? new Row(what, figure + "; " + reason, against, ratio, goal, Verdict.FAILED) : this;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Answers a second. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%,.1f/s" : "%,.0f/s", perSecond);
    }

    /** A time in microseconds. */
    static String time(double micros) {
        return micros < 1000
                ? String.format(Locale.ROOT, "%.0f us", micros)
                : String.format(Locale.ROOT, micros < 100_000 ? "%.1f ms" : "%,.0f ms", micros / 1000);
    }

    static String megabytes(double megabytes) {
        return String.format(Locale.ROOT, "%,.0f MB", megabytes);
    }
}
