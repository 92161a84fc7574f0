package org.octaveserver.ops.value.json;

import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;

/** A sparse matrix as a full one, for notations that know no other. */
final class FullMatrix {
    /** Takes 400 MB, or 800 MB when complex. */
    static final long MOST_ELEMENTS = 50_000_000;

    private FullMatrix() {}

    /** The full matrix of one that has at most {@link #MOST_ELEMENTS}. */
    static OctaveValue of(SparseMatrix matrix) {
        int width = matrix.kind().bytes();
        byte[] stored = matrix.elements().toBytes();
        byte[] full = new byte[Math.toIntExact(matrix.dimensions().count() * width)];
        for (int i = 0; i < matrix.stored(); i++) {
            long index = matrix.columns().longAt(i) * matrix.dimensions().rows()
                    + matrix.rows().longAt(i);
            System.arraycopy(stored, i * width, full, Math.toIntExact(index * width), width);
        }
        Elements elements = Elements.wrap(full);
        return matrix.kind() == SparseMatrix.Kind.LOGICAL
                ? new LogicalArray(matrix.dimensions(), elements)
                : new NumericArray(
                        NumericClass.DOUBLE, matrix.dimensions(), matrix.kind() == SparseMatrix.Kind.COMPLEX, elements);
    }
}
