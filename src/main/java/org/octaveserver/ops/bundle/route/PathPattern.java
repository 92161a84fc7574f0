package org.octaveserver.ops.bundle.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * A regular expression over paths, in RE2's syntax: no look-around and no back references, and for that matched in time
 * linear in the path. It is searched for, so that only {@code ^} and {@code $} tie it to the ends. Immutable; equal to
 * one with the same text.
 */
public final class PathPattern {
    private static final int LONGEST = 1000;
    private static final int LARGEST_PROGRAM = 2000;

    /** What counted repetitions may multiply a text to; the engine itself knows no bound, only one for each count. */
    private static final long LARGEST_EXPANSION = 1_000_000;

    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?\\}");

    private final String text;
    private final Pattern pattern;

    private PathPattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static PathPattern of(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the expression has " + text.length() + " characters; at most " + LONGEST + " are allowed");
        }
        if (expansion(text) > LARGEST_EXPANSION) {
            throw new IllegalArgumentException("the expression repeats too much; lower the numbers in {}");
        }
        Pattern pattern = compile(text);
        if (pattern.programSize() > LARGEST_PROGRAM) {
            throw new IllegalArgumentException("the expression is too large: " + pattern.programSize()
                    + " instructions; at most " + LARGEST_PROGRAM + " are allowed");
        }
        return new PathPattern(text, pattern);
    }

    private static Pattern compile(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression in RE2's syntax, which has no look-around and no back references: "
                            + e.getDescription() + (e.getPattern() == null ? "" : " at " + e.getPattern()),
                    e);
        }
    }

    /** No smaller than what the expression is written out: as if each repetition were around all others. */
    private static long expansion(String text) {
        long times = Math.max(1, text.length());
        for (MatchResult count : COUNT.matcher(text).results().toList()) {
            String most = count.group(2) == null || count.group(2).isEmpty() ? count.group(1) : count.group(2);
            times = Math.min(times * Math.max(1, Integer.parseInt(most)), Integer.MAX_VALUE);
        }
        return times;
    }

    /** How much work each character of a path can be. */
    int size() {
        return pattern.programSize();
    }

    int groups() {
        return pattern.groupCount();
    }

    /** Looks for it in a path: what its first group took, empty when it has none or the group took no part. */
    Optional<String> find(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String group = groups() == 0 ? "" : matcher.group(1);
        return Optional.of(group == null ? "" : group);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
