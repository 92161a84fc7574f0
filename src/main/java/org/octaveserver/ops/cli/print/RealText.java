package org.octaveserver.ops.cli.print;

import java.util.function.IntToDoubleFunction;

/** Real double and single numbers. */
final class RealText implements ElementText {
    private static final int SCALAR_DIGITS = 7;
    private static final int MATRIX_DIGITS = 6;

    private final IntToDoubleFunction values;
    private final FloatLayout layout;

    RealText(IntToDoubleFunction values, int count) {
        this.values = values;
        Extremes extremes = Extremes.of(values, count);
        FloatLayout chosen = extremes.integers()
                ? FloatLayout.integers(
                        extremes.mostDigits(), count == 1 ? SCALAR_DIGITS : MATRIX_DIGITS, extremes.nonFinite())
                : FloatLayout.fractions(extremes.mostDigits(), extremes.leastDigits());
        this.layout = chosen.wideEnoughFor(extremes.largest(), extremes.smallest());
    }

    @Override
    public String padded(int index) {
        return ElementText.right(layout.signed(values.applyAsDouble(index)), columnWidth());
    }

    @Override
    public int columnWidth() {
        return layout.width() + 3;
    }

    @Override
    public String scalar() {
        return layout.signed(values.applyAsDouble(0));
    }
}
