package org.octaveserver.ops.wire;

import java.io.IOException;
import java.io.OutputStream;
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

/** Writes values as {@code docs/worker-protocol.md} lays them out. Not thread-safe. */
final class ValueEncoder implements OctaveValue.Visitor<ValueEncoder, IOException> {
    private final OutputStream out;

    ValueEncoder(OutputStream out) {
        this.out = out;
    }

    void write(OctaveValue value) throws IOException {
        value.accept(this);
    }

    @Override
    public ValueEncoder numeric(NumericArray array) throws IOException {
        header(ValueTag.of(array.type()), array.complex() ? ValueTag.COMPLEX : 0, array.dimensions());
        array.elements().writeTo(out);
        return this;
    }

    @Override
    public ValueEncoder logical(LogicalArray array) throws IOException {
        header(ValueTag.LOGICAL, 0, array.dimensions());
        array.elements().writeTo(out);
        return this;
    }

    @Override
    public ValueEncoder characters(CharArray array) throws IOException {
        header(ValueTag.CHAR, 0, array.dimensions());
        array.elements().writeTo(out);
        return this;
    }

    @Override
    public ValueEncoder cell(CellArray array) throws IOException {
        header(ValueTag.CELL, 0, array.dimensions());
        writeAll(array.cells());
        return this;
    }

    @Override
    public ValueEncoder struct(StructArray array) throws IOException {
        header(ValueTag.STRUCT, 0, array.dimensions());
        PayloadWriter names = new PayloadWriter();
        names.number32(array.fields().size());
        array.fields().forEach(names::text);
        names.writeTo(out);
        writeAll(array.values());
        return this;
    }

    @Override
    public ValueEncoder sparse(SparseMatrix matrix) throws IOException {
        boolean logical = matrix.kind() == SparseMatrix.Kind.LOGICAL;
        boolean complex = matrix.kind() == SparseMatrix.Kind.COMPLEX;
        header(
                logical ? ValueTag.SPARSE_LOGICAL : ValueTag.SPARSE,
                complex ? ValueTag.COMPLEX : 0,
                matrix.dimensions());
        PayloadWriter stored = new PayloadWriter();
        stored.number64(matrix.stored());
        stored.writeTo(out);
        matrix.rows().writeTo(out);
        matrix.columns().writeTo(out);
        matrix.elements().writeTo(out);
        return this;
    }

    @Override
    public ValueEncoder functionHandle(FunctionHandle handle) throws IOException {
        header(ValueTag.FUNCTION_HANDLE, 0, handle.dimensions());
        PayloadWriter text = new PayloadWriter();
        text.text(handle.text());
        text.writeTo(out);
        return this;
    }

    private void writeAll(List<OctaveValue> values) throws IOException {
        for (OctaveValue value : values) {
            value.accept(this);
        }
    }

    private void header(int tag, int flags, Dimensions dimensions) throws IOException {
        PayloadWriter header = new PayloadWriter();
        header.number16(tag);
        header.number16(flags);
        header.number16(dimensions.rank());
        header.number16(0);
        for (int i = 0; i < dimensions.rank(); i++) {
            header.number64(dimensions.extent(i));
        }
        header.writeTo(out);
    }
}
