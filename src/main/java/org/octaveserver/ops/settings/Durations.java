package org.octaveserver.ops.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 30s}, {@code 500ms}, {@code 5m}, {@code 12h}, {@code 7d}. None is longer
 * than 3650 days: the nanoseconds of every duration that was read fit a {@code long}, with room to add to a clock.
 */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    private static final Duration LONGEST = Duration.ofDays(3650);

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no duration: expected a whole number with ms, s, m, h or d, such as 30s");
        }
        Duration read = of(Long.parseLong(form.group(1)), form.group(2));
        if (read.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is too long a duration: at most 3650d");
        }
        return read;
    }

    /**
     * So many of a unit, without a longest one.
     *
     * @param unit {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}
     */
    public static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("\"" + unit + "\" is no unit: expected ms, s, m, h or d");
        };
    }

    /**
     * Writes a duration, in the largest unit up to hours that it is a whole number of: with as few digits as people are
     * allowed.
     *
     * @param duration a whole number of milliseconds
     */
    public static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        for (String unit : List.of("h", "m", "s")) {
            long one = of(1, unit).toMillis();
            if (duration.toMillis() % one == 0) {
                return duration.toMillis() / one + unit;
            }
        }
        return duration.toMillis() + "ms";
    }
}
