package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

/** Writes large notation, members in alphabetical order as MPS has them. */
final class LargeWriter {
    private final JsonGenerator generator;
    private final ElementWriters elements;

    LargeWriter(JsonGenerator generator, ElementWriters elements) {
        this.generator = generator;
        this.elements = elements;
    }

    void write(OctaveValue value) throws IOException {
        if (value instanceof SparseMatrix matrix) {
            write(FullMatrix.of(matrix));
            return;
        }
        generator.writeStartObject();
        if (value instanceof NumericArray array) {
            writeNumbers(array);
        } else if (value instanceof LogicalArray array) {
            writeData(elements.of(array), array.elements().byteLength());
        } else if (value instanceof CharArray array) {
            writeText(array);
        } else if (value instanceof CellArray array) {
            generator.writeFieldName(Members.DATA);
            writeAll(array.cells());
        } else if (value instanceof StructArray array) {
            writeFields(array);
        } else {
            throw new IllegalStateException("no large notation for " + value.className());
        }
        writeSize(value.dimensions());
        generator.writeStringField(Members.TYPE, value.className());
        generator.writeEndObject();
    }

    private void writeNumbers(NumericArray array) throws IOException {
        if (array.complex()) {
            generator.writeBooleanField(Members.COMPLEX, true);
        }
        writeData(elements.of(array), ElementWriters.count(array));
    }

    private void writeData(ElementWriter element, int count) throws IOException {
        generator.writeArrayFieldStart(Members.DATA);
        for (int i = 0; i < count; i++) {
            element.write(i);
        }
        generator.writeEndArray();
    }

    private void writeText(CharArray array) throws IOException {
        generator.writeArrayFieldStart(Members.DATA);
        TextWriter.write(CharMatrix.text(array), generator);
        generator.writeEndArray();
    }

    private void writeFields(StructArray array) throws IOException {
        generator.writeObjectFieldStart(Members.DATA);
        for (int i = 0; i < array.fields().size(); i++) {
            generator.writeFieldName(array.fields().get(i));
            writeAll(array.valuesOf(i));
        }
        generator.writeEndObject();
    }

    private void writeAll(List<OctaveValue> values) throws IOException {
        generator.writeStartArray();
        for (OctaveValue value : values) {
            write(value);
        }
        generator.writeEndArray();
    }

    private void writeSize(Dimensions dimensions) throws IOException {
        generator.writeArrayFieldStart(Members.SIZE);
        for (int i = 0; i < dimensions.rank(); i++) {
            generator.writeNumber(dimensions.extent(i));
        }
        generator.writeEndArray();
    }
}
