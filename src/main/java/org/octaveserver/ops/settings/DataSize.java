package org.octaveserver.ops.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as {@code 512MB}. Units are B, KB, MB, GB and TB, in steps of 1024.
 *
 * @param bytes the number of bytes
 */
public record DataSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB|TB)");

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static DataSize parse(String text) {
        Matcher form = FORM.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no size: expected a whole number with B, KB, MB, GB or TB, such as 512MB");
        }
        long unit = 1L << (10 * "BKMGT".indexOf(form.group(2).charAt(0)));
        long amount = Long.parseLong(form.group(1));
        if (amount > Long.MAX_VALUE / unit) {
            throw new IllegalArgumentException("\"" + text + "\" is too large a size: at most 8388607TB");
        }
        return new DataSize(amount * unit);
    }

    /** The bytes as an {@code int}; the largest one when there are more. */
    public int intBytes() {
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    @Override
    public String toString() {
        String units = "BKMGT";
        int power = 0;
        long value = bytes;
        while (value != 0 && value % 1024 == 0 && power < units.length() - 1) {
            value /= 1024;
            power++;
        }
        return value + (power == 0 ? "B" : units.charAt(power) + "B");
    }
}
