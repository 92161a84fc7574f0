package org.octaveserver.ops.cli.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How Octave's {@code format short} writes the numbers of one matrix: as integers, with a fixed number of decimals, or
 * with exponents. Follows {@code pr-output.cc}; where that widens a field past its limit, exponents begin.
 *
 * @param style which of the three
 * @param decimals digits after the point
 * @param width columns of one number without its sign
 */
record FloatLayout(Style style, int decimals, int width) {
    /** The three ways to write a number. */
    enum Style {
        INTEGER,
        FIXED,
        EXPONENT
    }

    private static final int PRECISION = 5;
    private static final int WIDEST_FIXED = 8;
    private static final int WIDEST_EXPONENT = 11;
    private static final MathContext SIGNIFICANT = new MathContext(PRECISION, RoundingMode.HALF_EVEN);

    /**
     * The layout of integers.
     *
     * @param digits of the largest
     * @param mostDigits beyond which Octave takes exponents
     * @param nonFinite whether a NaN or Inf is among them
     */
    static FloatLayout integers(int digits, int mostDigits, boolean nonFinite) {
        if (digits > mostDigits) {
            return exponents();
        }
        return new FloatLayout(Style.INTEGER, 0, Math.max(Math.max(1, digits), nonFinite ? 3 : 0));
    }

    /**
     * The layout of numbers with fractions.
     *
     * @param most digits before the point of the largest, as {@link #digits} counts
     * @param least digits of the smallest
     */
    static FloatLayout fractions(int most, int least) {
        int before = Math.max(before(most), before(least));
        int after = Math.max(after(most), after(least));
        int width = before + 1 + after;
        return width > WIDEST_FIXED ? exponents() : new FloatLayout(Style.FIXED, after, width);
    }

    private static FloatLayout exponents() {
        return new FloatLayout(Style.EXPONENT, PRECISION - 1, PRECISION + 1 + 4);
    }

    private static int before(int digits) {
        return Math.max(1, digits);
    }

    private static int after(int digits) {
        if (digits == 0) {
            return PRECISION - 1;
        }
        return PRECISION > digits ? PRECISION - digits : PRECISION;
    }

    /** Digits before the point: 1 for 1 to 9.9, 0 for 0.1 to 0.99, -1 for 0.01 to 0.099; 0 for zero. */
    static int digits(double magnitude) {
        return magnitude == 0 ? 0 : (int) Math.floor(Math.log10(magnitude)) + 1;
    }

    /** Room for the three digits that some exponents have. */
    FloatLayout wideEnoughFor(double largest, double smallest) {
        boolean threeDigits = largest >= 1e100 || isTiny(largest) || isTiny(smallest);
        return style == Style.EXPONENT && threeDigits ? new FloatLayout(style, decimals, WIDEST_EXPONENT) : this;
    }

    private static boolean isTiny(double magnitude) {
        return magnitude != 0 && magnitude < 1e-99;
    }

    /** A number without its sign. */
    String magnitude(double value) {
        double magnitude = Math.abs(value);
        if (Double.isNaN(magnitude)) {
            return "NaN";
        }
        if (Double.isInfinite(magnitude)) {
            return "Inf";
        }
        if (magnitude == 0) {
            return "0";
        }
        return style == Style.EXPONENT
                ? exponential(magnitude)
                : new BigDecimal(magnitude)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    private static String exponential(double magnitude) {
        BigDecimal rounded = new BigDecimal(magnitude).round(SIGNIFICANT);
        int exponent = rounded.precision() - rounded.scale() - 1;
        String digits = rounded.unscaledValue().toString();
        String filled = digits + "0".repeat(Math.max(0, PRECISION - digits.length()));
        return filled.charAt(0) + "." + filled.substring(1, PRECISION) + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    /** A number with its sign, as Octave writes it: a zero never has one. */
    String signed(double value) {
        return value < 0 ? "-" + magnitude(value) : magnitude(value);
    }
}
