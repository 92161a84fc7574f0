package org.octaveserver.ops.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations as people write them: {@code 30s}, {@code 500ms}, {@code 5m}, {@code 12h}, {@code 7d}. None is longer
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

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
