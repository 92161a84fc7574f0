package org.octaveserver.ops.cli.print;

import java.util.function.IntToDoubleFunction;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.SparseMatrix;

/** Chooses how the elements of an array are written. */
final class ElementTexts {
    private ElementTexts() {}

    /** The page of {@code count} elements from element {@code begin} on. */
    static ElementText of(NumericArray array, int begin, int count) {
        Elements elements = array.elements();
        if (!array.type().isFloating()) {
            return new PlainText(i -> integer(array.type(), elements, begin + i), count);
        }
        IntToDoubleFunction numbers =
                array.type() == NumericClass.SINGLE ? i -> elements.floatAt(i) : elements::doubleAt;
        return array.complex()
                ? complex(numbers, begin, count)
                : new RealText(i -> numbers.applyAsDouble(begin + i), count);
    }

    static ElementText of(LogicalArray array, int begin, int count) {
        return new PlainText(i -> array.at(begin + i) ? "1" : "0", count);
    }

    /** One stored element of a sparse matrix. */
    static ElementText of(SparseMatrix matrix, int stored) {
        Elements elements = matrix.elements();
        return switch (matrix.kind()) {
            case DOUBLE -> new RealText(i -> elements.doubleAt(stored), 1);
            case COMPLEX -> complex(elements::doubleAt, stored, 1);
            case LOGICAL -> new PlainText(i -> Byte.toString(elements.byteAt(stored)), 1);
        };
    }

    private static ElementText complex(IntToDoubleFunction numbers, int begin, int count) {
        return new ComplexText(
                i -> numbers.applyAsDouble(2 * (begin + i)), i -> numbers.applyAsDouble(2 * (begin + i) + 1), count);
    }

    private static String integer(NumericClass type, Elements elements, int index) {
        return switch (type) {
            case INT8 -> Byte.toString(elements.byteAt(index));
            case UINT8 -> Integer.toString(Byte.toUnsignedInt(elements.byteAt(index)));
            case INT16 -> Short.toString(elements.shortAt(index));
            case UINT16 -> Integer.toString(Short.toUnsignedInt(elements.shortAt(index)));
            case INT32 -> Integer.toString(elements.intAt(index));
            case UINT32 -> Integer.toUnsignedString(elements.intAt(index));
            case INT64 -> Long.toString(elements.longAt(index));
            case UINT64 -> Long.toUnsignedString(elements.longAt(index));
            case SINGLE, DOUBLE -> throw new IllegalArgumentException(type + " is no integer class");
        };
    }
}
