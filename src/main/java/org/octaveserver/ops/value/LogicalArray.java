package org.octaveserver.ops.value;

/**
 * A full logical array.
 *
 * @param dimensions the size
 * @param elements one byte per element, 0 or 1, column-major
 */
public record LogicalArray(Dimensions dimensions, Elements elements) implements OctaveValue {
    public LogicalArray {
        Checks.byteLength(elements, dimensions, 1);
        for (int i = 0; i < elements.byteLength(); i++) {
            if ((elements.byteAt(i) & ~1) != 0) {
                throw new IllegalArgumentException(
                        "a logical element is 0 or 1, not " + Byte.toUnsignedInt(elements.byteAt(i)));
            }
        }
    }

    public static LogicalArray scalar(boolean value) {
        return new LogicalArray(Dimensions.SCALAR, Elements.wrap(new byte[] {(byte) (value ? 1 : 0)}));
    }

    public boolean at(int index) {
        return elements.byteAt(index) != 0;
    }

    @Override
    public String className() {
        return "logical";
    }

    @Override
    public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
        return visitor.logical(this);
    }
}
