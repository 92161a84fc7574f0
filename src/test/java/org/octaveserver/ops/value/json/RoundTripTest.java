package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

/** What is written reads back as the same bits. */
final class RoundTripTest {
    @Provide
    Arbitrary<OctaveValue> values() {
        return OctaveValues.encodable();
    }

    @Provide
    Arbitrary<CharArray> bytes() {
        Arbitrary<Byte> bytes = Arbitraries.oneOf(
                Arbitraries.bytes(), Arbitraries.of((byte) 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xF0, (byte) 0x9F));
        return OctaveValues.sizes()
                .flatMap(size -> bytes.array(byte[].class)
                        .ofSize((int) size.count())
                        .map(b -> new CharArray(size, Elements.wrap(b))));
    }

    @Property
    void keepsAValueInLargeNotation(@ForAll("values") OctaveValue value) {
        assertThat(Json.read(Json.write(value, Json.LARGE))).isEqualTo(full(value));
    }

    @Property
    void keepsAValueInLargeNotationWithSpecialsAsObjects(@ForAll("values") OctaveValue value) {
        assertThat(Json.read(Json.write(value, Json.LARGE_OBJECT))).isEqualTo(full(value));
    }

    @Property
    void keepsAValueInSmallNotationWithSpecialsAsObjects(@ForAll("values") OctaveValue value) {
        assertThat(Json.read(Json.write(value, Json.SMALL_OBJECT))).isEqualTo(full(value));
    }

    @Property
    void keepsAValueInSmallNotationButForScalarSpecials(@ForAll("values") OctaveValue value) {
        assertThat(Json.read(Json.write(value, Json.SMALL))).isEqualTo(specialsAsText(full(value)));
    }

    @Property
    void keepsEveryByteAndShapeOfChar(@ForAll("bytes") CharArray value) {
        assertThat(Json.read(Json.write(value, Json.LARGE))).isEqualTo(value);
    }

    @Property
    void keepsEveryBitOfASingle(@ForAll int bits) {
        Elements elements = OctaveValues.littleEndian(Float.BYTES, Float.floatToIntBits(Float.intBitsToFloat(bits)));
        NumericArray single = new NumericArray(NumericClass.SINGLE, Dimensions.SCALAR, false, elements);

        assertThat(Json.read(Json.write(single, Json.LARGE))).isEqualTo(single);
    }

    private static OctaveValue full(OctaveValue value) {
        return value instanceof SparseMatrix matrix ? FullMatrix.of(matrix) : inside(value, RoundTripTest::full);
    }

    private static OctaveValue inside(OctaveValue value, UnaryOperator<OctaveValue> change) {
        if (value instanceof CellArray cell) {
            return new CellArray(
                    cell.dimensions(), cell.cells().stream().map(change).toList());
        }
        if (value instanceof StructArray struct) {
            List<OctaveValue> values = struct.values().stream().map(change).toList();
            return new StructArray(struct.dimensions(), struct.fields(), values);
        }
        return value;
    }

    /** What JSON in small mode says for NaN and the infinities: the one exception of the format. */
    private static OctaveValue specialsAsText(OctaveValue value) {
        if (value instanceof NumericArray array
                && array.type() == NumericClass.DOUBLE
                && !array.complex()
                && array.dimensions().isScalar()) {
            double number = array.elements().doubleAt(0);
            if (!Double.isFinite(number)) {
                return CharArray.row(Double.isNaN(number) ? "NaN" : number > 0 ? "Inf" : "-Inf");
            }
        }
        boolean smallStruct = value instanceof StructArray struct
                && struct.dimensions().isScalar()
                && struct.fields().stream().noneMatch(List.of("mwdata", "mwsize", "mwtype")::contains);
        return smallStruct ? inside(value, RoundTripTest::specialsAsText) : value;
    }
}
