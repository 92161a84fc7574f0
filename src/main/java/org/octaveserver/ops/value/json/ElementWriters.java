package org.octaveserver.ops.value.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;

/** Writes numbers and truth values, the same in both notations. */
final class ElementWriters {
    private final JsonGenerator generator;
    private final OutputFormat.NanInf nanInf;

    ElementWriters(JsonGenerator generator, OutputFormat.NanInf nanInf) {
        this.generator = generator;
        this.nanInf = nanInf;
    }

    ElementWriter of(LogicalArray array) {
        return index -> generator.writeBoolean(array.at(index));
    }

    /** What writes number after number; of a complex array, real and imaginary parts are two. */
    ElementWriter of(NumericArray array) {
        Elements elements = array.elements();
        return switch (array.type()) {
            case DOUBLE -> index -> write(elements.doubleAt(index));
            case SINGLE -> index -> write(elements.floatAt(index));
            case INT8 -> index -> generator.writeNumber((int) elements.byteAt(index));
            case UINT8 -> index -> generator.writeNumber(Byte.toUnsignedInt(elements.byteAt(index)));
            case INT16 -> index -> generator.writeNumber((int) elements.shortAt(index));
            case UINT16 -> index -> generator.writeNumber(Short.toUnsignedInt(elements.shortAt(index)));
            case INT32 -> index -> generator.writeNumber(elements.intAt(index));
            case UINT32 -> index -> generator.writeNumber(Integer.toUnsignedLong(elements.intAt(index)));
            case INT64 -> index -> generator.writeNumber(elements.longAt(index));
            case UINT64 -> index -> writeUnsigned(elements.longAt(index));
        };
    }

    /** How many numbers the array has. */
    static int count(NumericArray array) {
        NumericClass type = array.type();
        return array.elements().byteLength() / type.bytes();
    }

    private void writeUnsigned(long bits) throws IOException {
        if (bits >= 0) {
            generator.writeNumber(bits);
        } else {
            generator.writeNumber(Long.toUnsignedString(bits));
        }
    }

    private void write(double value) throws IOException {
        if (NumberText.isPlainInteger(value)) {
            generator.writeNumber((long) value);
        } else if (Double.isFinite(value)) {
            generator.writeNumber(NumberText.of(value));
        } else {
            writeSpecial(value);
        }
    }

    private void write(float value) throws IOException {
        if (NumberText.isPlainInteger(value)) {
            generator.writeNumber((long) value);
        } else if (Float.isFinite(value)) {
            generator.writeNumber(NumberText.of(value));
        } else {
            writeSpecial(value);
        }
    }

    private void writeSpecial(double value) throws IOException {
        String text = Double.isNaN(value) ? Members.NAN : value > 0 ? Members.INF : Members.MINUS_INF;
        if (nanInf == OutputFormat.NanInf.STRING) {
            generator.writeString(text);
            return;
        }
        generator.writeStartObject();
        generator.writeStringField(Members.DATA, text);
        generator.writeEndObject();
    }
}
