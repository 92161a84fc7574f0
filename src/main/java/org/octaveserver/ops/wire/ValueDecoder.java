package org.octaveserver.ops.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.value.ValueLimits;

/**
 * Reads values as {@code docs/worker-protocol.md} lays them out. Arrays are views of the payload, not copies; what is
 * allocated grows with the bytes read, not with what they claim.
 */
final class ValueDecoder {
    /** The fewest bytes a value takes: its header with two dimensions. */
    static final int SMALLEST = 24;

    /** Room for items before the first has come: each level of a hostile payload could claim all of the rest. */
    private static final int FIRST_ITEMS = 16;

    private ValueDecoder() {}

    /** Reads the value that begins where the payload stands. */
    static OctaveValue read(PayloadReader payload) throws WireException {
        return read(payload, 0);
    }

    private static OctaveValue read(PayloadReader payload, int depth) throws WireException {
        if (depth > ValueLimits.MAX_NESTING) {
            throw new WireException("a value is nested deeper than " + ValueLimits.MAX_NESTING);
        }
        int tag = payload.number16();
        boolean complex = complex(tag, payload.number16());
        int rank = payload.number16();
        payload.number16();
        Dimensions dimensions = dimensions(payload, rank);
        try {
            return body(payload, tag, complex, dimensions, depth);
        } catch (IllegalArgumentException e) {
            throw new WireException("a value contradicts itself: " + e.getMessage(), e);
        }
    }

    private static boolean complex(int tag, int flags) throws WireException {
        if (flags != 0 && (flags != ValueTag.COMPLEX || !ValueTag.mayBeComplex(tag))) {
            throw new WireException("a value of kind " + tag + " has no flags " + flags);
        }
        return flags != 0;
    }

    private static Dimensions dimensions(PayloadReader payload, int rank) throws WireException {
        if (rank > ValueLimits.MAX_NESTING) {
            throw new WireException("a value has " + rank + " dimensions, more than " + ValueLimits.MAX_NESTING);
        }
        payload.checkedCount(rank, Long.BYTES);
        long[] extents = new long[rank];
        for (int i = 0; i < rank; i++) {
            extents[i] = payload.number64();
        }
        try {
            return Dimensions.of(extents);
        } catch (IllegalArgumentException e) {
            throw new WireException("a value has no such size: " + e.getMessage(), e);
        }
    }

    private static OctaveValue body(PayloadReader payload, int tag, boolean complex, Dimensions dimensions, int depth)
            throws WireException {
        Optional<NumericClass> type = ValueTag.numeric(tag);
        if (type.isPresent()) {
            int size = complex ? 2 * type.get().bytes() : type.get().bytes();
            return new NumericArray(type.get(), dimensions, complex, payload.elements(dimensions.count(), size));
        }
        return switch (tag) {
            case ValueTag.LOGICAL -> new LogicalArray(dimensions, payload.elements(dimensions.count(), 1));
            case ValueTag.CHAR -> new CharArray(dimensions, payload.elements(dimensions.count(), 1));
            case ValueTag.CELL -> new CellArray(dimensions, values(payload, dimensions.count(), depth));
            case ValueTag.STRUCT -> struct(payload, dimensions, depth);
            case ValueTag.SPARSE ->
                sparse(payload, dimensions, complex ? SparseMatrix.Kind.COMPLEX : SparseMatrix.Kind.DOUBLE);
            case ValueTag.SPARSE_LOGICAL -> sparse(payload, dimensions, SparseMatrix.Kind.LOGICAL);
            case ValueTag.FUNCTION_HANDLE -> new FunctionHandle(payload.text());
            default -> throw new WireException("a value has no kind " + tag);
        };
    }

    private static List<OctaveValue> values(PayloadReader payload, long count, int depth) throws WireException {
        int items = payload.checkedCount(count, SMALLEST);
        List<OctaveValue> values = new ArrayList<>(Math.min(items, FIRST_ITEMS));
        for (int i = 0; i < items; i++) {
            values.add(read(payload, depth + 1));
        }
        return values;
    }

    private static StructArray struct(PayloadReader payload, Dimensions dimensions, int depth) throws WireException {
        int width = payload.count(Integer.BYTES);
        List<String> fields = new ArrayList<>(Math.min(width, FIRST_ITEMS));
        for (int i = 0; i < width; i++) {
            fields.add(payload.text());
        }
        long count = payload.checkedCount(width == 0 ? 0 : dimensions.count(), 1);
        return new StructArray(dimensions, fields, values(payload, count * width, depth));
    }

    private static SparseMatrix sparse(PayloadReader payload, Dimensions dimensions, SparseMatrix.Kind kind)
            throws WireException {
        int stored = payload.checkedCount(payload.number64(), 2 * Long.BYTES + kind.bytes());
        Elements rows = payload.elements(stored, Long.BYTES);
        Elements columns = payload.elements(stored, Long.BYTES);
        return new SparseMatrix(dimensions, kind, rows, columns, payload.elements(stored, kind.bytes()));
    }
}
