package org.octaveserver.ops.worker;

import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

/**
 * What Octave keeps of a value: all of it, but sparse matrices store no zeros, and where all imaginary parts of
 * one are zero the zeros' signs are forgotten. The portable worker makes one more exception: {@code complex} quietens a signalling NaN that is the imaginary part of a single-precision scalar.
 */
final class InOctave {
    private InOctave() {}

    static OctaveValue kept(OctaveValue value, Launching.Kind by) {
        if (value instanceof CellArray cell) {
            return new CellArray(cell.dimensions(), all(cell.cells(), by));
        }
        if (value instanceof StructArray struct) {
            return new StructArray(struct.dimensions(), struct.fields(), all(struct.values(), by));
        }
        boolean portable = by == Launching.Kind.PORTABLE;
        if (portable && value instanceof NumericArray array && array.complex() && array.type() == NumericClass.SINGLE) {
            return array.dimensions().isScalar() ? quiet(array) : array;
        }
        return value instanceof SparseMatrix sparse && sparse.kind() != SparseMatrix.Kind.LOGICAL
                ? withoutZeros(sparse)
                : value;
    }

    private static List<OctaveValue> all(List<OctaveValue> values, Launching.Kind by) {
        return values.stream().map(value -> kept(value, by)).toList();
    }

    private static NumericArray quiet(NumericArray scalar) {
        int imaginary = scalar.elements().intAt(1);
        int kept = Float.isNaN(Float.intBitsToFloat(imaginary)) ? imaginary | 0x0040_0000 : imaginary;
        return new NumericArray(
                scalar.type(),
                scalar.dimensions(),
                true,
                OctaveValues.littleEndian(4, scalar.elements().intAt(0), kept));
    }

    private static SparseMatrix withoutZeros(SparseMatrix matrix) {
        int numbers = matrix.kind().bytes() / Double.BYTES;
        boolean real = true;
        for (int i = 0; i < matrix.stored(); i++) {
            real &= numbers == 1 || matrix.elements().doubleAt(2 * i + 1) == 0;
        }
        List<Long> rows = new ArrayList<>();
        List<Long> columns = new ArrayList<>();
        List<Long> bits = new ArrayList<>();
        for (int i = 0; i < matrix.stored(); i++) {
            double first = matrix.elements().doubleAt(numbers * i);
            double last = matrix.elements().doubleAt(numbers * i + numbers - 1);
            if (first != 0 || last != 0) {
                rows.add(matrix.rows().longAt(i));
                columns.add(matrix.columns().longAt(i));
                bits.add(matrix.elements().longAt(numbers * i));
                if (numbers == 2) {
                    bits.add(real ? 0L : matrix.elements().longAt(2 * i + 1));
                }
            }
        }
        return new SparseMatrix(matrix.dimensions(), matrix.kind(), longs(rows), longs(columns), longs(bits));
    }

    private static Elements longs(List<Long> values) {
        return Elements.ofLongs(values.stream().mapToLong(Long::longValue).toArray());
    }
}
