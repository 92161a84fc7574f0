package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Finite numbers as JSON: the shortest digits that read back as the same bits, integers without a fraction. Not
 * {@link Double#toString}, which is not the shortest before JDK 19.
 */
final class NumberText {
    private static final double LARGEST_EXACT_DOUBLE = 0x1p53;
    private static final float LARGEST_EXACT_FLOAT = 0x1p24f;

    private NumberText() {}

    /** Whether the number is best written as a {@code long}: an integer whose digits all count, and not -0. */
    static boolean isPlainInteger(double value) {
        return value == (long) value
                && Math.abs(value) <= LARGEST_EXACT_DOUBLE
                && (value != 0 || Double.doubleToRawLongBits(value) == 0);
    }

    static boolean isPlainInteger(float value) {
        return Math.abs(value) <= LARGEST_EXACT_FLOAT && isPlainInteger((double) value);
    }

    static String of(double value) {
        return withoutEmptyFraction(NumberOutput.toString(value, true));
    }

    static String of(float value) {
        return withoutEmptyFraction(NumberOutput.toString(value, true));
    }

    /** From 1.0E300 to 1E300, and from -0.0 to -0. */
    private static String withoutEmptyFraction(String text) {
        int point = text.indexOf('.');
        boolean empty = text.charAt(point + 1) == '0' && (point + 2 == text.length() || text.charAt(point + 2) == 'E');
        return empty ? text.substring(0, point) + text.substring(point + 2) : text;
    }
}
