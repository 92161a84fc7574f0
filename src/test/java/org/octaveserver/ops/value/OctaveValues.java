package org.octaveserver.ops.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitrary Octave values for properties: every class, complex, N-d and empty shapes, nested cells and structs, bytes
 * that are no UTF-8, and the numbers that codecs get wrong.
 */
public final class OctaveValues {
    private static final int DEEPEST = 3;
    private static final int SHORT_LIST = 6;

    private OctaveValues() {}

    /** Every kind of value, function handles and NaNs with any payload among them: what the wire carries. */
    public static Arbitrary<OctaveValue> any() {
        return Arbitraries.frequencyOf(Tuple.of(19, nested(true, DEEPEST)), Tuple.of(1, handles()))
                .withoutEdgeCases();
    }

    /** What has a form in JSON: no function handles, and no NaN but the canonical one. */
    public static Arbitrary<OctaveValue> encodable() {
        return nested(false, DEEPEST).withoutEdgeCases();
    }

    /** Sizes from 0x0 to four dimensions, small enough to enumerate, empty ones among them. */
    public static Arbitrary<Dimensions> sizes() {
        Arbitrary<Dimensions> plane =
                Combinators.combine(extents(5), extents(5)).as(Dimensions::of);
        Arbitrary<Dimensions> deep = Combinators.combine(extents(3), extents(3), extents(3), extents(2))
                .as(Dimensions::of);
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Dimensions.SCALAR)),
                Tuple.of(1, Arbitraries.just(Dimensions.EMPTY)),
                Tuple.of(2, extents(8).map(Dimensions::row)),
                Tuple.of(3, plane),
                Tuple.of(2, deep));
    }

    private static Arbitrary<Long> extents(int largest) {
        return Arbitraries.longs().between(0, largest);
    }

    private static Arbitrary<OctaveValue> nested(boolean anyNan, int depth) {
        Arbitrary<OctaveValue> flat = Arbitraries.frequencyOf(
                Tuple.of(6, numeric(anyNan)),
                Tuple.of(2, logicals()),
                Tuple.of(4, chars()),
                Tuple.of(1, sparse(anyNan)));
        if (depth == 0) {
            return flat;
        }
        Arbitrary<OctaveValue> inner = Arbitraries.lazy(() -> nested(anyNan, depth - 1));
        return Arbitraries.frequencyOf(Tuple.of(5, flat), Tuple.of(1, cells(inner)), Tuple.of(2, structs(inner)));
    }

    private static Arbitrary<OctaveValue> numeric(boolean anyNan) {
        return Combinators.combine(Arbitraries.of(NumericClass.class), sizes(), Arbitraries.of(true, false))
                .as((type, size, complex) -> new Shape(type, size, complex && type.isFloating()))
                .flatMap(shape -> bitsOf(shape.type(), anyNan)
                        .list()
                        .ofSize(shape.numbers())
                        .map(bits -> new NumericArray(
                                shape.type(),
                                shape.size(),
                                shape.complex(),
                                littleEndian(bits, shape.type().bytes()))));
    }

    private record Shape(NumericClass type, Dimensions size, boolean complex) {
        int numbers() {
            return Math.toIntExact(size.count() * (complex ? 2 : 1));
        }
    }

    /** The bits of one number of that class, in the low bytes. */
    private static Arbitrary<Long> bitsOf(NumericClass type, boolean anyNan) {
        if (type == NumericClass.DOUBLE) {
            return doubles().map(x -> anyNan ? Double.doubleToRawLongBits(x) : Double.doubleToLongBits(x));
        }
        if (type == NumericClass.SINGLE) {
            return floats().map(x -> (long) (anyNan ? Float.floatToRawIntBits(x) : Float.floatToIntBits(x)));
        }
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-130, 260),
                Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, (1L << 53) + 1, 1L << 31));
    }

    private static Arbitrary<Double> doubles() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().map(Double::longBitsToDouble)),
                Tuple.of(2, Arbitraries.longs().between(-1000, 1000).map(Long::doubleValue)),
                Tuple.of(2, Arbitraries.longs().between(-100_000, 100_000).map(x -> x / 1000.0)),
                Tuple.of(2, Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0)),
                Tuple.of(1, Arbitraries.of(Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 2e-323, 1e300)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                0x1p53, 0x1p53 + 2, 0x1p63, 0x1p64, 1e22, 0x1.52d02c7e14af6p76, 0.1, 1.0 / 3, -1e-7)));
    }

    private static Arbitrary<Float> floats() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().map(Float::intBitsToFloat)),
                Tuple.of(2, Arbitraries.integers().between(-1000, 1000).map(Integer::floatValue)),
                Tuple.of(2, Arbitraries.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f)),
                Tuple.of(1, Arbitraries.of(Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, 0x1p24f, 0.1f, 1e10f)));
    }

    private static Elements littleEndian(List<Long> bits, int bytesEach) {
        return littleEndian(bytesEach, bits.stream().mapToLong(Long::longValue).toArray());
    }

    /** Elements of so many bytes each, from their bits. */
    public static Elements littleEndian(int bytesEach, long... bits) {
        byte[] bytes = new byte[bits.length * bytesEach];
        ByteBuffer one = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < bits.length; i++) {
            one.putLong(0, bits[i]);
            one.get(0, bytes, i * bytesEach, bytesEach);
        }
        return Elements.wrap(bytes);
    }

    private static Arbitrary<OctaveValue> logicals() {
        return sizes().flatMap(size -> Arbitraries.bytes()
                .between((byte) 0, (byte) 1)
                .array(byte[].class)
                .ofSize((int) size.count())
                .map(bytes -> new LogicalArray(size, Elements.wrap(bytes))));
    }

    private static Arbitrary<OctaveValue> chars() {
        Arbitrary<OctaveValue> anyBytes = sizes().flatMap(size -> Arbitraries.oneOf(asciiBytes(), Arbitraries.bytes())
                .array(byte[].class)
                .ofSize((int) size.count())
                .map(bytes -> new CharArray(size, Elements.wrap(bytes))));
        Arbitrary<OctaveValue> rows = texts().map(CharArray::row);
        return Arbitraries.oneOf(anyBytes, rows, textMatrices());
    }

    private static Arbitrary<Byte> asciiBytes() {
        return Arbitraries.bytes().between((byte) 0, (byte) 127);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(SHORT_LIST),
                Arbitraries.of("NaN", "Inf", "-Inf", "", "missing", "é", "日本", "\uD83D\uDE00", "a\"b\\c\n\u0000"),
                Arbitraries.strings().withChars("aéß日€\u07ff\u0800\uffff").ofMaxLength(SHORT_LIST));
    }

    /** Rows of as many characters and as many bytes each, the case in which a char matrix reads as text. */
    private static Arbitrary<OctaveValue> textMatrices() {
        return Arbitraries.integers()
                .between(0, 4)
                .flatMap(length -> Arbitraries.strings()
                        .withChars("éßñ\u07ff")
                        .ofLength(length)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4))
                .map(OctaveValues::charMatrix);
    }

    private static OctaveValue charMatrix(List<String> rows) {
        List<byte[]> encoded =
                rows.stream().map(row -> row.getBytes(StandardCharsets.UTF_8)).toList();
        int columns = encoded.get(0).length;
        byte[] bytes = new byte[columns * rows.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = encoded.get(i % rows.size())[i / rows.size()];
        }
        return new CharArray(Dimensions.of(rows.size(), columns), Elements.wrap(bytes));
    }

    private static Arbitrary<OctaveValue> cells(Arbitrary<OctaveValue> inner) {
        return smallSizes()
                .flatMap(size -> inner.list().ofSize((int) size.count()).map(values -> new CellArray(size, values)));
    }

    private static Arbitrary<OctaveValue> structs(Arbitrary<OctaveValue> inner) {
        Arbitrary<Dimensions> sizes =
                Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(Dimensions.SCALAR)), Tuple.of(2, smallSizes()));
        Arbitrary<List<String>> fields = fieldNames().list().uniqueElements().ofMaxSize(3);
        return Combinators.combine(sizes, fields)
                .as(Tuple::of)
                .flatMap(head -> inner.list()
                        .ofSize((int) head.get1().count() * head.get2().size())
                        .map(values -> new StructArray(head.get1(), head.get2(), values)));
    }

    private static Arbitrary<Dimensions> smallSizes() {
        return Combinators.combine(extents(2), extents(2), extents(2)).as(Dimensions::of);
    }

    private static Arbitrary<String> fieldNames() {
        return Arbitraries.frequencyOf(
                Tuple.of(
                        4,
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .ofMinLength(1)
                                .ofMaxLength(4)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "mwdata", "mwtype", "mwsize", "mwcomplex", "mwmetadata", "a b", "é", "\"", "a.b")));
    }

    private static Arbitrary<OctaveValue> sparse(boolean anyNan) {
        Arbitrary<Dimensions> sizes =
                Combinators.combine(extents(5), extents(5)).as(Dimensions::of);
        return Combinators.combine(Arbitraries.of(SparseMatrix.Kind.class), sizes)
                .as(Tuple::of)
                .flatMap(head -> Arbitraries.integers()
                        .between(0, (int) Math.max(0, head.get2().count() - 1))
                        .set()
                        .ofMaxSize((int) Math.min(SHORT_LIST, head.get2().count()))
                        .flatMap(places -> sparse(
                                head.get1(),
                                head.get2(),
                                places.stream().sorted().toList(),
                                anyNan)));
    }

    private static Arbitrary<OctaveValue> sparse(
            SparseMatrix.Kind kind, Dimensions size, List<Integer> places, boolean anyNan) {
        Elements rows =
                Elements.ofLongs(places.stream().mapToLong(p -> p % size.rows()).toArray());
        Elements columns =
                Elements.ofLongs(places.stream().mapToLong(p -> p / size.rows()).toArray());
        if (kind == SparseMatrix.Kind.LOGICAL) {
            List<Long> ones = new ArrayList<>();
            IntStream.range(0, places.size()).forEach(i -> ones.add(1L));
            return Arbitraries.just(new SparseMatrix(size, kind, rows, columns, littleEndian(ones, 1)));
        }
        return bitsOf(NumericClass.DOUBLE, anyNan)
                .list()
                .ofSize(places.size() * kind.bytes() / Double.BYTES)
                .map(bits -> new SparseMatrix(size, kind, rows, columns, littleEndian(bits, Double.BYTES)));
    }

    private static Arbitrary<OctaveValue> handles() {
        return Arbitraries.of("sin", "@(x) x + 1", "@(s) [s, 'é']").map(FunctionHandle::new);
    }
}
