package org.octaveserver.ops.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

/** How many bytes {@link ValueEncoder} will write: a frame says its length before its content. */
public final class ValueSize implements OctaveValue.Visitor<Long, RuntimeException> {
    private ValueSize() {}

    /** Of one value, with all that is in it. */
    public static long of(OctaveValue value) {
        return value.accept(new ValueSize());
    }

    @Override
    public Long numeric(NumericArray array) {
        return header(array.dimensions()) + array.elements().byteLength();
    }

    @Override
    public Long logical(LogicalArray array) {
        return header(array.dimensions()) + array.elements().byteLength();
    }

    @Override
    public Long characters(CharArray array) {
        return header(array.dimensions()) + array.elements().byteLength();
    }

    @Override
    public Long cell(CellArray array) {
        return header(array.dimensions()) + all(array.cells());
    }

    @Override
    public Long struct(StructArray array) {
        long names = array.fields().stream().mapToLong(ValueSize::text).sum();
        return header(array.dimensions()) + Integer.BYTES + names + all(array.values());
    }

    @Override
    public Long sparse(SparseMatrix matrix) {
        long perElement = 2L * Long.BYTES + matrix.kind().bytes();
        return header(matrix.dimensions()) + Long.BYTES + matrix.stored() * perElement;
    }

    @Override
    public Long functionHandle(FunctionHandle handle) {
        return header(handle.dimensions()) + text(handle.text());
    }

    private long all(List<OctaveValue> values) {
        long size = 0;
        for (OctaveValue value : values) {
            size += value.accept(this);
        }
        return size;
    }

    private static long header(Dimensions dimensions) {
        return 8 + (long) Long.BYTES * dimensions.rank();
    }

    private static long text(String text) {
        return (long) Integer.BYTES + text.getBytes(StandardCharsets.UTF_8).length;
    }
}
