package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.value.ValueLimits;

/**
 * Writes small notation for the values that have one and read back as the same value, and large notation for the
 * others. Of empty arrays only the 0x0 double, {@code []}, and the 0x0 char, {@code ""}, have a small form.
 */
final class SmallWriter {
    private final JsonGenerator generator;
    private final ElementWriters elements;
    private final LargeWriter large;

    SmallWriter(JsonGenerator generator, ElementWriters elements, LargeWriter large) {
        this.generator = generator;
        this.elements = elements;
        this.large = large;
    }

    void write(OctaveValue value) throws IOException {
        if (value instanceof SparseMatrix matrix) {
            write(FullMatrix.of(matrix));
        } else if (value instanceof NumericArray array && hasSmallForm(array)) {
            writeArray(array.dimensions(), elements.of(array));
        } else if (value instanceof LogicalArray array && isNestable(array.dimensions())) {
            writeArray(array.dimensions(), elements.of(array));
        } else if (value instanceof CharArray array && hasSmallForm(array)) {
            TextWriter.write(CharMatrix.text(array), generator);
        } else if (value instanceof StructArray struct && hasSmallForm(struct)) {
            writeStruct(struct);
        } else {
            large.write(value);
        }
    }

    private static boolean hasSmallForm(NumericArray array) {
        return array.type() == NumericClass.DOUBLE
                && !array.complex()
                && (isNestable(array.dimensions()) || array.dimensions().equals(Dimensions.EMPTY));
    }

    /** Nested arrays cannot say how many columns no rows have. */
    private static boolean isNestable(Dimensions dimensions) {
        return !dimensions.isEmpty() && dimensions.rank() <= ValueLimits.MAX_NESTING;
    }

    private static boolean hasSmallForm(CharArray array) {
        Dimensions size = array.dimensions();
        return size.isRow() ? !size.isEmpty() : size.equals(Dimensions.EMPTY);
    }

    private static boolean hasSmallForm(StructArray struct) {
        return struct.dimensions().isScalar() && struct.fields().stream().noneMatch(Members::marksLargeNotation);
    }

    private void writeStruct(StructArray struct) throws IOException {
        generator.writeStartObject();
        for (int i = 0; i < struct.fields().size(); i++) {
            generator.writeFieldName(struct.fields().get(i));
            write(struct.values().get(i));
        }
        generator.writeEndObject();
    }

    private void writeArray(Dimensions dimensions, ElementWriter element) throws IOException {
        if (dimensions.isScalar()) {
            element.write(0);
        } else if (dimensions.isEmpty()) {
            generator.writeStartArray();
            generator.writeEndArray();
        } else {
            writeNested(dimensions, element, 0, 0, 1);
        }
    }

    private void writeNested(Dimensions dimensions, ElementWriter element, int depth, int offset, int stride)
            throws IOException {
        int extent = (int) dimensions.extent(depth);
        generator.writeStartArray();
        for (int i = 0; i < extent; i++) {
            int index = offset + i * stride;
            if (depth + 1 == dimensions.rank()) {
                element.write(index);
            } else {
                writeNested(dimensions, element, depth + 1, index, stride * extent);
            }
        }
        generator.writeEndArray();
    }
}
