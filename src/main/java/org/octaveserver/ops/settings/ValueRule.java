package org.octaveserver.ops.settings;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which texts a setting accepts. Immutable. */
public final class ValueRule {
    private static final int LONGEST_QUOTE = 100;

    private final ValueKind kind;
    private final Optional<String> least;
    private final Optional<String> most;
    private final List<String> choices;

    private ValueRule(ValueKind kind, Optional<String> least, Optional<String> most, List<String> choices) {
        this.kind = kind;
        this.choices = choices;
        this.least = least;
        this.most = most;
    }

    /** The rule that a method of a settings interface declares by its type and its annotations. */
    static ValueRule of(Method method) {
        @Nullable AtLeast least = method.getAnnotation(AtLeast.class);
        @Nullable AtMost most = method.getAnnotation(AtMost.class);
        return new ValueRule(
                ValueKind.of(method.getGenericReturnType()),
                least == null ? Optional.empty() : Optional.of(least.value()),
                most == null ? Optional.empty() : Optional.of(most.value()),
                choices(method.getReturnType()));
    }

    /** The constants of an enum, as they are written in settings. */
    private static List<String> choices(Class<?> type) {
        return type.isEnum()
                ? Stream.of(type.getEnumConstants())
                        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
    }

    /** What is accepted, such as {@code a whole number of at least 1}. */
    public String expected() {
        String bounds = "";
        if (least.isPresent() && most.isPresent()) {
            bounds = " from " + least.get() + " to " + most.get();
        } else if (least.isPresent()) {
            bounds = " of at least " + least.get();
        } else if (most.isPresent()) {
            bounds = " of at most " + most.get();
        }
        String named = choices.isEmpty() ? "" : " " + String.join(", ", choices);
        return kind.words() + named + bounds + kind.example();
    }

    /** What is wrong with a text; empty when it is accepted. */
    public Optional<String> problem(String text) {
        String got = "expected " + expected() + ", got " + quoted(text);
        long measured;
        try {
            measured = kind.measure(text);
        } catch (IllegalArgumentException e) {
            return Optional.of(got);
        }
        if (isOutside(measured) || (kind == ValueKind.CHOICE && !choices.contains(text))) {
            return Optional.of(got);
        }
        if (kind == ValueKind.NUMBER && measured != (int) measured) {
            return Optional.of(got + "; no whole number here is above " + Integer.MAX_VALUE);
        }
        return Optional.empty();
    }

    String tidied(String text) {
        return kind.tidied(text);
    }

    private boolean isOutside(long measured) {
        boolean tooSmall = least.isPresent() && measured < kind.measure(least.get());
        boolean tooLarge = most.isPresent() && measured > kind.measure(most.get());
        return tooSmall || tooLarge;
    }

    private static String quoted(String text) {
        return text.length() <= LONGEST_QUOTE
                ? "\"" + text + "\""
                : "\"" + text.substring(0, LONGEST_QUOTE) + "\"... (" + text.length() + " characters)";
    }
}
