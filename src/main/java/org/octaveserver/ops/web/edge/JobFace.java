package org.octaveserver.ops.web.edge;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.octaveserver.ops.value.json.OutputFormat;

/**
 * What is noted with a job of how its submitter wants the answer: {@code 1 large string}, a version and the two words of MPS's
 * {@code outputFormat}. What another version has written means the default.
 */
public final class JobFace {
    private static final Pattern FORM = Pattern.compile("1 (small|large) (string|object)");

    private JobFace() {}

    /** The note. */
    public static String of(OutputFormat format) {
        return "1 " + lower(format.mode()) + " " + lower(format.nanInf());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The format that a note tells. */
    public static OutputFormat format(String note) {
        Matcher matcher = FORM.matcher(note);
        return matcher.matches()
                ? new OutputFormat(
                        mode(matcher.group(1)).orElseThrow(),
                        nanInf(matcher.group(2)).orElseThrow())
                : OutputFormat.DEFAULT;
    }

    /** The notation of that name. */
    public static Optional<OutputFormat.Mode> mode(String name) {
        return switch (name) {
            case "small" -> Optional.of(OutputFormat.Mode.SMALL);
            case "large" -> Optional.of(OutputFormat.Mode.LARGE);
            default -> Optional.empty();
        };
    }

    /** The form of NaN and the infinities of that name. */
    public static Optional<OutputFormat.NanInf> nanInf(String name) {
        return switch (name) {
            case "string" -> Optional.of(OutputFormat.NanInf.STRING);
            case "object" -> Optional.of(OutputFormat.NanInf.OBJECT);
            default -> Optional.empty();
        };
    }
}
