package org.octaveserver.ops.value;

/**
 * A full numeric array.
 *
 * @param type the class of the elements
 * @param dimensions the size
 * @param complex whether each element is a pair (real, imaginary); only double and single can be
 * @param elements the elements, column-major; a complex array interleaves real and imaginary parts
 */
public record NumericArray(NumericClass type, Dimensions dimensions, boolean complex, Elements elements)
        implements OctaveValue {
    public NumericArray {
        if (complex && !type.isFloating()) {
            throw new IllegalArgumentException("Octave has no complex " + type.octaveName());
        }
        Checks.byteLength(elements, dimensions, complex ? 2 * type.bytes() : type.bytes());
    }

    public static NumericArray scalar(double value) {
        return doubles(Dimensions.SCALAR, value);
    }

    /** A real double array; {@code values} are column-major. */
    public static NumericArray doubles(Dimensions dimensions, double... values) {
        return new NumericArray(NumericClass.DOUBLE, dimensions, false, Elements.ofDoubles(values));
    }

    @Override
    public String className() {
        return type.octaveName();
    }

    @Override
    public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
        return visitor.numeric(this);
    }
}
