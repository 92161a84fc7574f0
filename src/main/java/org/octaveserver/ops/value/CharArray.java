package org.octaveserver.ops.value;

import java.nio.charset.StandardCharsets;

/**
 * A char array. Octave's char is a byte; text is UTF-8 by convention, which nothing enforces.
 *
 * @param dimensions the size in bytes
 * @param elements one byte per element, column-major
 */
public record CharArray(Dimensions dimensions, Elements elements) implements OctaveValue {
    public CharArray {
        Checks.byteLength(elements, dimensions, 1);
    }

    /** The row that holds {@code text} as UTF-8; the empty text is 0x0, as {@code ''} is. */
    public static CharArray row(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CharArray(bytes.length == 0 ? Dimensions.EMPTY : Dimensions.row(bytes.length), Elements.wrap(bytes));
    }

    /** The bytes in column-major order read as UTF-8, with U+FFFD for what is none. For messages, not for data. */
    public String text() {
        return new String(elements.toBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public String className() {
        return "char";
    }

    @Override
    public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
        return visitor.characters(this);
    }
}
