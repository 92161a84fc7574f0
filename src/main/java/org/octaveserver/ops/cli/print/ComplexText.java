package org.octaveserver.ops.cli.print;

import java.util.function.IntToDoubleFunction;

/** Complex double and single numbers; both parts are written alike. */
final class ComplexText implements ElementText {
    private static final int SCALAR_DIGITS = 7;
    private static final int MATRIX_DIGITS = 6;

    private final IntToDoubleFunction real;
    private final IntToDoubleFunction imaginary;
    private final FloatLayout layout;

    ComplexText(IntToDoubleFunction real, IntToDoubleFunction imaginary, int count) {
        this.real = real;
        this.imaginary = imaginary;
        this.layout = layout(Extremes.of(real, count), Extremes.of(imaginary, count), count == 1);
    }

    private static FloatLayout layout(Extremes real, Extremes imaginary, boolean scalar) {
        int most = Math.max(real.mostDigits(), imaginary.mostDigits());
        // Octave takes the greater of the two least numbers in a matrix, the lesser part in a scalar.
        int least = scalar
                ? Math.min(real.leastDigits(), imaginary.leastDigits())
                : Math.max(real.leastDigits(), imaginary.leastDigits());
        FloatLayout layout = real.integers() && imaginary.integers()
                ? FloatLayout.integers(
                        most, scalar ? SCALAR_DIGITS : MATRIX_DIGITS, real.nonFinite() || imaginary.nonFinite())
                : FloatLayout.fractions(most, least);
        return layout.wideEnoughFor(real.largest(), real.smallest())
                .wideEnoughFor(imaginary.largest(), imaginary.smallest());
    }

    @Override
    public String padded(int index) {
        return "  " + text(index);
    }

    private String text(int index) {
        double part = imaginary.applyAsDouble(index);
        boolean negative = part < 0 || (part == 0 && 1 / part < 0);
        return ElementText.right(layout.signed(real.applyAsDouble(index)), layout.width() + 1)
                + (negative ? " - " : " + ") + ElementText.right(layout.magnitude(part), layout.width()) + "i";
    }

    @Override
    public int columnWidth() {
        return 2 * layout.width() + 8;
    }

    @Override
    public String scalar() {
        return text(0);
    }
}
