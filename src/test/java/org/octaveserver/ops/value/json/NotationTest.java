package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

/** Every example of MPS's two notations, and the readings of them that OPS decided on. */
final class NotationTest {
    private static final NumericArray NAN_AND_MINUS_INF = row(Double.NaN, Double.NEGATIVE_INFINITY);

    /** What is written large like this, and read from it. */
    static Stream<Arguments> largeNotation() {
        return Stream.of(
                arguments("{'mwdata':[12905],'mwsize':[1,1],'mwtype':'double'}", NumericArray.scalar(12905)),
                arguments("{'mwdata':[1,4,2,5,3,6],'mwsize':[2,3],'mwtype':'double'}", doubles(2, 3, 1, 4, 2, 5, 3, 6)),
                arguments("{'mwdata':[1.5],'mwsize':[1,1],'mwtype':'single'}", single(1.5f)),
                arguments(
                        "{'mwdata':[9007199254740993],'mwsize':[1,1],'mwtype':'int64'}",
                        integers(NumericClass.INT64, 9007199254740993L)),
                arguments(
                        "{'mwdata':[18446744073709551615],'mwsize':[1,1],'mwtype':'uint64'}",
                        integers(NumericClass.UINT64, -1)),
                arguments("{'mwdata':['NaN','-Inf'],'mwsize':[1,2],'mwtype':'double'}", NAN_AND_MINUS_INF),
                arguments(
                        "{'mwcomplex':true,'mwdata':[3,4,5,-1],'mwsize':[1,2],'mwtype':'double'}",
                        complex(Dimensions.row(2), 3, 4, 5, -1)),
                arguments(
                        "{'mwcomplex':true,'mwdata':[],'mwsize':[0,3],'mwtype':'double'}",
                        complex(Dimensions.of(0, 3))),
                arguments("{'mwdata':[true],'mwsize':[1,1],'mwtype':'logical'}", LogicalArray.scalar(true)));
    }

    static Stream<Arguments> largeTextAndContainers() {
        return Stream.of(
                arguments("{'mwdata':['hey'],'mwsize':[1,3],'mwtype':'char'}", CharArray.row("hey")),
                arguments("{'mwdata':['acbd'],'mwsize':[2,2],'mwtype':'char'}", chars(Dimensions.of(2, 2), "acbd")),
                arguments("{'mwdata':['é'],'mwsize':[1,2],'mwtype':'char'}", CharArray.row("é")),
                arguments("{'mwdata':[''],'mwsize':[0,0],'mwtype':'char'}", CharArray.row("")),
                arguments("{'mwdata':[''],'mwsize':[1,0],'mwtype':'char'}", chars(Dimensions.row(0), "")),
                arguments("{'mwdata':[''],'mwsize':[3,0],'mwtype':'char'}", chars(Dimensions.of(3, 0), "")),
                arguments(
                        "{'mwdata':[{'mwdata':[1],'mwsize':[1,1],'mwtype':'double'},"
                                + "{'mwdata':['a'],'mwsize':[1,1],'mwtype':'char'}],"
                                + "'mwsize':[2,1],'mwtype':'cell'}",
                        new CellArray(Dimensions.of(2, 1), List.of(NumericArray.scalar(1), CharArray.row("a")))),
                arguments("{'mwdata':[],'mwsize':[0,0],'mwtype':'cell'}", new CellArray(Dimensions.EMPTY, List.of())),
                arguments(
                        "{'mwdata':{'n':[{'mwdata':[1],'mwsize':[1,1],'mwtype':'double'},"
                                + "{'mwdata':[2],'mwsize':[1,1],'mwtype':'double'}]},"
                                + "'mwsize':[1,2],'mwtype':'struct'}",
                        new StructArray(
                                Dimensions.row(2),
                                List.of("n"),
                                List.of(NumericArray.scalar(1), NumericArray.scalar(2)))),
                arguments(
                        "{'mwdata':{'f':[]},'mwsize':[0,0],'mwtype':'struct'}",
                        new StructArray(Dimensions.EMPTY, List.of("f"), List.of())),
                arguments("{'mwdata':[],'mwsize':[0,0],'mwtype':'double'}", NumericArray.doubles(Dimensions.EMPTY)),
                arguments("{'mwdata':[],'mwsize':[1,0],'mwtype':'double'}", NumericArray.doubles(Dimensions.row(0))));
    }

    @ParameterizedTest
    @MethodSource({"largeNotation", "largeTextAndContainers"})
    void writesAndReadsLargeNotation(String json, OctaveValue value) {
        assertThat(Json.write(value, Json.LARGE)).isEqualTo(quoted(json));
        assertThat(Json.read(quoted(json))).isEqualTo(value);
    }

    /** What is written small like this, and read from it. */
    static Stream<Arguments> smallNotation() {
        return Stream.of(
                arguments("5", NumericArray.scalar(5)),
                arguments("-0", NumericArray.scalar(-0.0)),
                arguments("true", LogicalArray.scalar(true)),
                arguments("'hey'", CharArray.row("hey")),
                arguments("''", CharArray.row("")),
                arguments("[]", NumericArray.doubles(Dimensions.EMPTY)),
                arguments("[[1,2,3,4]]", row(1, 2, 3, 4)),
                arguments("[[1],[2],[3]]", doubles(3, 1, 1, 2, 3)),
                arguments("[[8,1,6],[3,5,7],[4,9,2]]", doubles(3, 3, 8, 3, 4, 1, 5, 9, 6, 7, 2)),
                arguments("[['NaN','-Inf']]", NAN_AND_MINUS_INF),
                arguments(
                        "[[[1,5],[3,7]],[[2,6],[4,8]]]",
                        NumericArray.doubles(Dimensions.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8)),
                arguments("[[true],[false]]", new LogicalArray(Dimensions.of(2, 1), Elements.wrap(new byte[] {1, 0}))),
                arguments("{'name':'Ed','score':83}", struct("name", CharArray.row("Ed"), "score", scalar(83))),
                arguments("{'in':{'a':[[1,2]]}}", struct("in", struct("a", row(1, 2)))),
                arguments("{}", struct()),
                arguments("{'mwcomplex':true}", struct("mwcomplex", LogicalArray.scalar(true))),
                arguments(
                        "{'c':{'mwdata':[{'mwdata':[1],'mwsize':[1,1],'mwtype':'double'}],'mwsize':[1,1],'mwtype':'cell'}}",
                        struct("c", new CellArray(Dimensions.SCALAR, List.of(scalar(1))))));
    }

    @ParameterizedTest
    @MethodSource("smallNotation")
    void writesAndReadsSmallNotation(String json, OctaveValue value) {
        assertThat(Json.write(value, Json.SMALL)).isEqualTo(quoted(json));
        assertThat(Json.read(quoted(json))).isEqualTo(value);
    }

    /** What has no small form, or none that says the shape. */
    static Stream<OctaveValue> largeInSmallMode() {
        return Stream.of(
                single(1),
                integers(NumericClass.INT8, 1),
                complex(Dimensions.SCALAR, 1, 2),
                chars(Dimensions.of(2, 2), "acbd"),
                chars(Dimensions.row(0), ""),
                NumericArray.doubles(Dimensions.row(0)),
                NumericArray.doubles(Dimensions.of(2, 0, 3)),
                new LogicalArray(Dimensions.EMPTY, Elements.NONE),
                new CellArray(Dimensions.EMPTY, List.of()),
                new StructArray(Dimensions.EMPTY, List.of(), List.of()),
                struct("mwdata", scalar(1)),
                struct("mwtype", scalar(1)),
                struct("mwsize", scalar(1)));
    }

    @ParameterizedTest
    @MethodSource
    void largeInSmallMode(OctaveValue value) {
        assertThat(Json.write(value, Json.SMALL)).isEqualTo(Json.write(value, Json.LARGE));
    }

    @Test
    void writesNanAndInfinitiesAsObjectsWhenAskedTo() {
        assertThat(Json.write(NAN_AND_MINUS_INF, Json.LARGE_OBJECT))
                .isEqualTo(quoted("{'mwdata':[{'mwdata':'NaN'},{'mwdata':'-Inf'}],'mwsize':[1,2],'mwtype':'double'}"));
        assertThat(Json.write(scalar(Double.POSITIVE_INFINITY), Json.SMALL_OBJECT))
                .isEqualTo(quoted("{'mwdata':'Inf'}"));
        assertThat(Json.write(complex(Dimensions.SCALAR, Double.NaN, 1), Json.LARGE))
                .isEqualTo(quoted("{'mwcomplex':true,'mwdata':['NaN',1],'mwsize':[1,1],'mwtype':'double'}"));
    }

    @Test
    void writesAScalarNanAsAStringInSmallModeThoughItReadsBackAsChar() {
        assertThat(Json.write(scalar(Double.NaN), Json.SMALL)).isEqualTo("\"NaN\"");
        assertThat(Json.read("\"NaN\"")).isEqualTo(CharArray.row("NaN"));
    }

    @Test
    void writesASparseMatrixInFull() {
        SparseMatrix matrix = new SparseMatrix(
                Dimensions.of(2, 2),
                SparseMatrix.Kind.DOUBLE,
                Elements.ofLongs(1),
                Elements.ofLongs(0),
                Elements.ofDoubles(7));

        assertThat(Json.write(matrix, Json.SMALL)).isEqualTo("[[0,0],[7,0]]");
        assertThat(Json.write(matrix, Json.LARGE))
                .isEqualTo(quoted("{'mwdata':[0,7,0,0],'mwsize':[2,2],'mwtype':'double'}"));
    }

    /** What is read but never written like this. */
    static Stream<Arguments> otherForms() {
        return Stream.of(
                arguments("[1,2,3]", row(1, 2, 3)),
                arguments("[true,false]", new LogicalArray(Dimensions.row(2), Elements.wrap(new byte[] {1, 0}))),
                arguments("['NaN',1,{'mwdata':'Inf'}]", row(Double.NaN, 1, Double.POSITIVE_INFINITY)),
                arguments("[[],[]]", NumericArray.doubles(Dimensions.of(2, 0))),
                arguments("[[[1]],[[2]]]", doubles(2, 1, 1, 2)),
                arguments("{'mwdata':'NaN'}", scalar(Double.NaN)),
                arguments("1e2", scalar(100)),
                arguments("1E-2", scalar(0.01)),
                arguments("-0.0", scalar(-0.0)),
                arguments("{'mwtype':'double','mwsize':[1,1],'mwdata':[5]}", scalar(5)),
                arguments("{'mwsize':[1,1],'mwdata':5,'mwtype':'double','other':{'x':[null]}}", scalar(5)),
                arguments("{'mwdata':'NaN','mwsize':[1,1],'mwtype':'double'}", scalar(Double.NaN)),
                arguments(
                        "{'mwdata':{'mwdata':'-Inf'},'mwsize':[1,1],'mwtype':'single'}",
                        single(Float.NEGATIVE_INFINITY)),
                arguments("{'mwcomplex':false,'mwdata':[5],'mwsize':[1,1,1],'mwtype':'double'}", scalar(5)),
                arguments(
                        "{'mwcomplex':true,'mwdata':[[3,4],[5,'NaN']],'mwsize':[1,2],'mwtype':'double'}",
                        complex(Dimensions.row(2), 3, 4, 5, Double.NaN)),
                arguments(
                        "{'mwdata':[-0,1.0,1e1],'mwsize':[1,3],'mwtype':'int8'}",
                        integers(NumericClass.INT8, 0, 1, 10)),
                arguments(
                        "{'mwdata':[9007199254740993.0],'mwsize':[1,1],'mwtype':'int64'}",
                        integers(NumericClass.INT64, 9007199254740993L)));
    }

    static Stream<Arguments> otherFormsOfTextAndContainers() {
        return Stream.of(
                arguments("{'mwdata':'value1','mwsize':[1,6],'mwtype':'char'}", CharArray.row("value1")),
                arguments("{'mwdata':[],'mwsize':[0,0],'mwtype':'char'}", CharArray.row("")),
                arguments("{'mwdata':['né'],'mwsize':[1,2],'mwtype':'char'}", CharArray.row("né")),
                arguments(
                        "{'mwdata':['éßñü'],'mwsize':[2,2],'mwtype':'char'}",
                        chars(Dimensions.of(2, 4), "\u00c3\u00c3\u00a9\u009f\u00c3\u00c3\u00b1\u00bc")),
                arguments("{'mwdata':['a'],'mwsize':[1,1],'mwtype':'string'}", CharArray.row("a")),
                arguments(
                        "{'mwdata':['a','bc'],'mwsize':[1,2],'mwtype':'string'}",
                        new CellArray(Dimensions.row(2), List.of(CharArray.row("a"), CharArray.row("bc")))),
                arguments(
                        "{'mwdata':[1,'NaN',[1,2],{'mwdata':'NaN'}],'mwsize':[1,4],'mwtype':'cell'}",
                        new CellArray(
                                Dimensions.row(4),
                                List.of(scalar(1), CharArray.row("NaN"), row(1, 2), scalar(Double.NaN)))),
                arguments(
                        "{'mwdata':{'a':1,'b':['x']},'mwsize':[1,1],'mwtype':'struct'}",
                        struct("a", scalar(1), "b", CharArray.row("x"))));
    }

    @ParameterizedTest
    @MethodSource({"otherForms", "otherFormsOfTextAndContainers"})
    void readsOtherFormsToo(String json, OctaveValue value) {
        assertThat(Json.read(quoted(json))).isEqualTo(value);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static NumericArray scalar(double value) {
        return NumericArray.scalar(value);
    }

    private static NumericArray row(double... values) {
        return NumericArray.doubles(Dimensions.row(values.length), values);
    }

    private static NumericArray doubles(int rows, int columns, double... values) {
        return NumericArray.doubles(Dimensions.of(rows, columns), values);
    }

    private static NumericArray complex(Dimensions dimensions, double... values) {
        return new NumericArray(NumericClass.DOUBLE, dimensions, true, Elements.ofDoubles(values));
    }

    private static NumericArray single(float value) {
        Elements elements = OctaveValues.littleEndian(Float.BYTES, Float.floatToRawIntBits(value));
        return new NumericArray(NumericClass.SINGLE, Dimensions.SCALAR, false, elements);
    }

    private static NumericArray integers(NumericClass type, long... values) {
        return new NumericArray(
                type, Dimensions.row(values.length), false, OctaveValues.littleEndian(type.bytes(), values));
    }

    /** A char array of these bytes, column-major, each a character up to U+00FF. */
    private static CharArray chars(Dimensions dimensions, String bytes) {
        return new CharArray(dimensions, Elements.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static StructArray struct(Object... namesAndValues) {
        Map<String, OctaveValue> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], (OctaveValue) namesAndValues[i + 1]);
        }
        return new StructArray(Dimensions.SCALAR, List.copyOf(fields.keySet()), List.copyOf(fields.values()));
    }
}
