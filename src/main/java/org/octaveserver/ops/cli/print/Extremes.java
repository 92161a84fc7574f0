package org.octaveserver.ops.cli.print;

import java.util.function.IntToDoubleFunction;

/**
 * What the layout of numbers depends on.
 *
 * @param largest the largest finite magnitude, 0 when there is none
 * @param smallest the smallest finite magnitude, 0 when there is none
 * @param integers whether every finite number is whole
 * @param nonFinite whether a NaN or an infinity is among them
 */
record Extremes(double largest, double smallest, boolean integers, boolean nonFinite) {
    static Extremes of(IntToDoubleFunction values, int count) {
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        boolean integers = true;
        boolean nonFinite = false;
        for (int i = 0; i < count; i++) {
            double magnitude = Math.abs(values.applyAsDouble(i));
            if (Double.isNaN(magnitude) || Double.isInfinite(magnitude)) {
                nonFinite = true;
            } else {
                largest = Math.max(largest, magnitude);
                smallest = Math.min(smallest, magnitude);
                integers &= magnitude == Math.rint(magnitude);
            }
        }
        return new Extremes(largest, Double.isInfinite(smallest) ? 0 : smallest, integers, nonFinite);
    }

    int mostDigits() {
        return FloatLayout.digits(largest);
    }

    int leastDigits() {
        return FloatLayout.digits(smallest);
    }
}
