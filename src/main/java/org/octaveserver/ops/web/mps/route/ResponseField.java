package org.octaveserver.ops.web.mps.route;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;

/**
 * A part of what a handler answered.
 *
 * @param name as user code would write it: {@code resp.Headers{2,1}}
 */
record ResponseField(String name, OctaveValue value) {
    private static final int MOST_DIGITS = 15;

    boolean isEmpty() {
        return value.dimensions().isEmpty();
    }

    /** The number that it is, if it is one real number. */
    OptionalDouble number() {
        if (!(value instanceof NumericArray array)
                || array.complex()
                || !array.dimensions().isScalar()) {
            return OptionalDouble.empty();
        }
        Elements elements = array.elements();
        return OptionalDouble.of(
                switch (array.type()) {
                    case DOUBLE -> elements.doubleAt(0);
                    case SINGLE -> elements.floatAt(0);
                    case INT8 -> elements.byteAt(0);
                    case UINT8 -> Byte.toUnsignedInt(elements.byteAt(0));
                    case INT16 -> elements.shortAt(0);
                    case UINT16 -> Short.toUnsignedInt(elements.shortAt(0));
                    case INT32 -> elements.intAt(0);
                    case UINT32 -> Integer.toUnsignedLong(elements.intAt(0));
                    case INT64 -> elements.longAt(0);
                    case UINT64 -> new BigDecimal(Long.toUnsignedString(elements.longAt(0))).doubleValue();
                });
    }

    /** The bytes of a row or column of characters or uint8; of anything that is empty, none. */
    Elements bytes() {
        if (isEmpty()) {
            return Elements.NONE;
        }
        if (isVector() && value instanceof CharArray text) {
            return text.elements();
        }
        if (isVector() && value instanceof NumericArray array && array.type() == NumericClass.UINT8) {
            return array.elements();
        }
        throw wrong("must be a row of uint8 or char");
    }

    /** The text of a row of characters, each byte one character, as HTTP has them. */
    String text() {
        if (value instanceof CharArray text && (isEmpty() || text.dimensions().isRow())) {
            return new String(text.elements().toBytes(), StandardCharsets.ISO_8859_1);
        }
        throw wrong("must be a row of char");
    }

    /** A text, or a number as text. */
    String textOrNumber() {
        OptionalDouble number = number();
        if (number.isEmpty()) {
            if (value instanceof CharArray) {
                return text();
            }
            throw wrong("must be a row of char or a number");
        }
        if (value instanceof NumericArray array && array.type() == NumericClass.INT64) {
            return Long.toString(array.elements().longAt(0));
        }
        if (value instanceof NumericArray array && array.type() == NumericClass.UINT64) {
            return Long.toUnsignedString(array.elements().longAt(0));
        }
        double real = number.getAsDouble();
        if (!Double.isFinite(real)) {
            throw wrong("must be finite");
        }
        return real == Math.rint(real) && Math.abs(real) < Math.pow(10, MOST_DIGITS)
                ? Long.toString((long) real)
                : BigDecimal.valueOf(real).toPlainString();
    }

    private boolean isVector() {
        Dimensions size = value.dimensions();
        return size.rank() == 2 && (size.rows() == 1 || size.columns() == 1);
    }

    /** The failure that says how it should be, and what it is. */
    OpsException wrong(String should) {
        return new OpsException(
                ErrorCode.INVALID_HANDLER_RESPONSE,
                name + " " + should + "; it is " + value.dimensions() + " " + value.className());
    }
}
