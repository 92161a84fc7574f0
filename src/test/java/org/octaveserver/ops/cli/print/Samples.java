package org.octaveserver.ops.cli.print;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;
import org.octaveserver.ops.value.StructArray;

/** Values that the printer must show exactly as Octave does, each beside the expression that makes it there. */
final class Samples {
    private static final String SCALARS = "5 -3.25 1e10 123456 100000.5 99999.5 0.001 0.00001 0.00012345 12345.678 0.01"
            + " 0.05 10.5 100.25 1234.5 0.1 -0.5 -0.01 0.15625 0.00625 99999 100000 9999999 99999999 -99999 -123456"
            + " -99999999 1234567.8 1e100 -1e-300 1e15 0 3.141592653589793 -0.0 NaN Inf -Inf";

    private static final String ROWS = """
            1 2 3
            1 -2 3
            1 2.5 NaN
            1 NaN Inf
            Inf NaN -Inf
            NaN NaN
            0 0
            99999 1
            -99999 1
            999999 1
            1234567 1
            -123456 NaN
            99999999 NaN
            1e10 1
            1e-5 1
            1e5 1.5
            99999 1.5
            1000.5 1
            1000.5 2000.5
            100.5 1
            100.5 0
            100.5 -0.01
            0 0.5
            0.5 0.25
            0.001 0.002
            0.01 0.02
            0.01 1
            Inf 1.5
            NaN 100.5
            NaN 0.01
            100000.5 NaN
            1e100 1
            1e300 1.5 -1e-300""";

    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private Samples() {}

    static Map<String, OctaveValue> all() {
        Map<String, OctaveValue> samples = new LinkedHashMap<>();
        scalars(samples);
        matrices(samples);
        complex(samples);
        otherClasses(samples);
        containers(samples);
        return samples;
    }

    private static void scalars(Map<String, OctaveValue> samples) {
        for (String literal : SCALARS.split("\\s+", -1)) {
            samples.put(literal, NumericArray.scalar(number(literal)));
        }
        samples.put("single (3.1415927)", single(3.1415927f));
        samples.put("single (0.001)", single(0.001f));
        samples.put("single (16777216)", single(16777216f));
        samples.put("single (0.1)", single(0.1f));
    }

    private static void matrices(Map<String, OctaveValue> samples) {
        for (String row : ROWS.split("\n", -1)) {
            double[] values =
                    Stream.of(row.split(" ", -1)).mapToDouble(Samples::number).toArray();
            samples.put("[" + row + "]", NumericArray.doubles(Dimensions.row(values.length), values));
        }
        samples.put("[1 2 3; 4 5 6]", NumericArray.doubles(Dimensions.of(2, 3), 1, 4, 2, 5, 3, 6));
        samples.put("[1.5 2 3; 4 5 60]", NumericArray.doubles(Dimensions.of(2, 3), 1.5, 4, 2, 5, 3, 60));
        samples.put("[1; 2.5]", NumericArray.doubles(Dimensions.of(2, 1), 1, 2.5));
        samples.put("[1:30, 0]", NumericArray.doubles(Dimensions.row(31), countingToZero(30)));
        samples.put("[1:17, 0](1:17) + 90", NumericArray.doubles(Dimensions.row(17), from(91, 17)));
        double[] sevenths = DoubleStream.of(countingToZero(81)).map(v -> v / 7).toArray();
        samples.put("[1:81, 0] / 7", NumericArray.doubles(Dimensions.row(82), sevenths));
        samples.put("zeros (1, 0)", NumericArray.doubles(Dimensions.row(0)));
        samples.put("[]", NumericArray.doubles(Dimensions.EMPTY));
        samples.put("zeros (0, 3, 2)", NumericArray.doubles(Dimensions.of(0, 3, 2)));
        samples.put("zeros (2, 2, 2)", NumericArray.doubles(Dimensions.of(2, 2, 2), new double[8]));
        samples.put("cat (3, [1 2], [3.5 4])", NumericArray.doubles(Dimensions.of(1, 2, 2), 1, 2, 3.5, 4));
    }

    private static String literal(double number) {
        return Double.toString(number).replace("Infinity", "Inf");
    }

    private static double number(String literal) {
        return Double.parseDouble(literal.replace("Inf", "Infinity"));
    }

    private static void complex(Map<String, OctaveValue> samples) {
        double[][] scalars = {
            {3, 4}, {1.5, 2}, {1e-3, 1}, {100.5, 2}, {1000.5, 2}, {12345.5, 2}, {0.01, 1}, {0.01, 0.02}, {100, 200},
            {12345, 2}, {99999, 100000}, {1e10, 1}, {0, 1}, {-1, -2}, {NAN, 1}, {NAN, INF}, {0.5, 0}, {0, 1.5},
            {1.5, -0.0}, {1234567, 1}, {12345678, 1}, {0.1, 1e5}
        };
        for (double[] scalar : scalars) {
            samples.put(
                    "complex (" + literal(scalar[0]) + ", " + literal(scalar[1]) + ")",
                    complex(Dimensions.SCALAR, scalar));
        }
        double[][] pairs = {
            {1, 2, 3, 0},
            {1.5, 2, 300, -4},
            {1000.5, 2, 300, -4},
            {100, 2, 3, 0},
            {NAN, 2, 3, 0},
            {0.01, 2, 3, 0},
            {0.001, 2, 3, 0},
            {1e10, 2, 3, 0},
            {10.5, 1, 1, 0},
            {1e-3, 1e-3, 1e-2, 0},
            {INF, 1.5, 1, 0},
            {1234567, 1, 1, 0}
        };
        for (double[] pair : pairs) {
            samples.put(
                    "complex ([" + literal(pair[0]) + ", " + literal(pair[2]) + "], [" + literal(pair[1]) + ", "
                            + literal(pair[3]) + "])",
                    complex(Dimensions.row(2), pair));
        }
        samples.put("repmat (100+100i, 1, 10)", complex(Dimensions.row(10), repeated(10, 100, 100)));
        samples.put("repmat (1.5+2i, 1, 10)", complex(Dimensions.row(10), repeated(10, 1.5, 2)));
    }

    private static void otherClasses(Map<String, OctaveValue> samples) {
        samples.put("int8 ([-1 20 3])", int8(Dimensions.row(3), -1, 20, 3));
        samples.put("int8 ([0 0])", int8(Dimensions.row(2), 0, 0));
        samples.put("int8 (5)", int8(Dimensions.SCALAR, 5));
        samples.put("int8 ([1; 2])", int8(Dimensions.of(2, 1), 1, 2));
        samples.put("int8 ([1:40, 0])", int8(Dimensions.row(41), bytes(countingToZero(40))));
        samples.put("cat (3, int8 ([1 2]), int8 ([3 4]))", int8(Dimensions.of(1, 2, 2), 1, 2, 3, 4));
        samples.put(
                "intmax (\"uint64\")",
                new NumericArray(NumericClass.UINT64, Dimensions.SCALAR, false, Elements.ofLongs(-1)));
        samples.put("true", LogicalArray.scalar(true));
        samples.put("[true false]", new LogicalArray(Dimensions.row(2), Elements.wrap(new byte[] {1, 0})));
        samples.put("cat (3, true, false)", new LogicalArray(Dimensions.of(1, 1, 2), Elements.wrap(new byte[] {1, 0})));
        samples.put("\"hello\"", CharArray.row("hello"));
        samples.put("\"gr\\303\\274n\"", CharArray.row("grün"));
        samples.put("\"\"", CharArray.row(""));
        samples.put("\"a\\nb\\tc\"", CharArray.row("a\nb\tc"));
        samples.put(
                "[\"ab\"; \"cd\"]", new CharArray(Dimensions.of(2, 2), Elements.wrap(new byte[] {97, 99, 98, 100})));
    }

    private static void containers(Map<String, OctaveValue> samples) {
        OctaveValue one = NumericArray.scalar(1);
        OctaveValue row = NumericArray.doubles(Dimensions.row(3), 1, 2, 3);
        OctaveValue inner = new CellArray(Dimensions.SCALAR, List.of(NumericArray.scalar(2)));
        samples.put(
                "{1, \"a\"; [1 2 3], {2}}",
                new CellArray(Dimensions.of(2, 2), List.of(one, row, CharArray.row("a"), inner)));
        samples.put("{}", new CellArray(Dimensions.EMPTY, List.of()));
        samples.put("cell (0, 3)", new CellArray(Dimensions.of(0, 3), List.of()));
        samples.put(
                "cell (2, 1, 2)",
                new CellArray(
                        Dimensions.of(2, 1, 2),
                        List.of(
                                NumericArray.doubles(Dimensions.EMPTY),
                                NumericArray.doubles(Dimensions.EMPTY),
                                NumericArray.doubles(Dimensions.EMPTY),
                                NumericArray.doubles(Dimensions.EMPTY))));
        samples.put("{[1:30, 0]}", new CellArray(Dimensions.SCALAR, List.of(thirtyOne())));
        Map<String, OctaveValue> fields = new LinkedHashMap<>();
        fields.put("a", one);
        fields.put("b", CharArray.row("x"));
        fields.put("c", row);
        fields.put("d", StructArray.scalar(Map.of("e", one)));
        fields.put("f", new CellArray(Dimensions.row(2), List.of(one, one)));
        fields.put("g", thirtyOne());
        samples.put(
                "struct (\"a\", 1, \"b\", \"x\", \"c\", [1 2 3], \"d\", struct (\"e\", 1), \"f\", {{1, 1}}, \"g\", [1:30, 0])",
                new StructArray(Dimensions.SCALAR, List.copyOf(fields.keySet()), new ArrayList<>(fields.values())));
        samples.put("struct (\"a\", {1, 1})", new StructArray(Dimensions.row(2), List.of("a"), List.of(one, one)));
        samples.put("struct (\"a\", {})", new StructArray(Dimensions.EMPTY, List.of("a"), List.of()));
        samples.put("struct ()", StructArray.scalar(Map.of()));
        samples.put(
                "{struct(\"a\", 1)}", new CellArray(Dimensions.SCALAR, List.of(StructArray.scalar(Map.of("a", one)))));
    }

    private static OctaveValue thirtyOne() {
        return NumericArray.doubles(Dimensions.row(31), countingToZero(30));
    }

    private static double[] countingToZero(int last) {
        double[] values = new double[last + 1];
        for (int i = 0; i < last; i++) {
            values[i] = i + 1;
        }
        return values;
    }

    private static double[] from(int first, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = first + i;
        }
        return values;
    }

    private static int[] bytes(double... values) {
        return DoubleStream.of(values).mapToInt(v -> (int) v).toArray();
    }

    private static double[] repeated(int count, double real, double imaginary) {
        double[] values = new double[2 * count];
        for (int i = 0; i < count; i++) {
            values[2 * i] = real;
            values[2 * i + 1] = imaginary;
        }
        return values;
    }

    private static OctaveValue complex(Dimensions size, double... pairs) {
        return new NumericArray(NumericClass.DOUBLE, size, true, Elements.ofDoubles(pairs));
    }

    private static OctaveValue single(float value) {
        return new NumericArray(
                NumericClass.SINGLE,
                Dimensions.SCALAR,
                false,
                OctaveValues.littleEndian(Float.BYTES, Float.floatToRawIntBits(value)));
    }

    private static OctaveValue int8(Dimensions size, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new NumericArray(NumericClass.INT8, size, false, Elements.wrap(bytes));
    }
}
