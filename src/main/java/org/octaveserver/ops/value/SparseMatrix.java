package org.octaveserver.ops.value;

/**
 * A sparse matrix as its stored elements, column by column and in each by row.
 *
 * @param dimensions rows and columns; always two
 * @param kind what the elements are
 * @param rows the row of each element, from 0, as 64-bit integers
 * @param columns the column of each element, from 0, as 64-bit integers
 * @param elements the elements: doubles, pairs of doubles, or bytes 0 and 1
 */
public record SparseMatrix(Dimensions dimensions, Kind kind, Elements rows, Elements columns, Elements elements)
        implements OctaveValue {
    /** What a sparse matrix can hold in Octave. */
    public enum Kind {
        DOUBLE(8),
        COMPLEX(16),
        LOGICAL(1);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }

        public int bytes() {
            return bytes;
        }
    }

    public SparseMatrix {
        if (dimensions.rank() != 2) {
            throw new IllegalArgumentException("a sparse matrix has 2 dimensions, not " + dimensions.rank());
        }
        Dimensions stored = Dimensions.row(rows.byteLength() / Long.BYTES);
        Checks.byteLength(rows, stored, Long.BYTES);
        Checks.byteLength(columns, stored, Long.BYTES);
        Checks.byteLength(elements, stored, kind.bytes());
        checkOrder(dimensions, rows, columns);
    }

    private static void checkOrder(Dimensions dimensions, Elements rows, Elements columns) {
        long lastRow = -1;
        long lastColumn = 0;
        for (int i = 0; i < rows.byteLength() / Long.BYTES; i++) {
            long row = rows.longAt(i);
            long column = columns.longAt(i);
            boolean inside = row >= 0 && row < dimensions.rows() && column >= 0 && column < dimensions.columns();
            if (!inside || column < lastColumn || (column == lastColumn && row <= lastRow)) {
                throw new IllegalArgumentException("stored element " + i + " at (" + row + "," + column
                        + ") is outside " + dimensions + " or out of order");
            }
            lastRow = row;
            lastColumn = column;
        }
    }

    /** How many elements are stored. */
    public int stored() {
        return rows.byteLength() / Long.BYTES;
    }

    @Override
    public String className() {
        return kind == Kind.LOGICAL ? "logical" : "double";
    }

    @Override
    public <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E {
        return visitor.sparse(this);
    }
}
