package org.octaveserver.ops.value.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;

/** Reads numbers of every class from a tape. */
final class Numbers {
    private final Tape tape;

    Numbers(Tape tape) {
        this.tape = tape;
    }

    /** The array in {@code mwdata} at {@code data}: flat, or for complex numbers also as pairs. */
    NumericArray array(NumericClass type, Dimensions dimensions, boolean complex, int data) {
        if (complex) {
            return complex(type, dimensions, data);
        }
        Items items = Items.of(tape, data, dimensions);
        return new NumericArray(type, dimensions, false, elements(type, items));
    }

    private NumericArray complex(NumericClass type, Dimensions dimensions, int data) {
        boolean pairs =
                tape.kind(data) == Tape.ARRAY && tape.count(data) > 0 && tape.kind(Tape.first(data)) == Tape.ARRAY;
        if (!pairs) {
            Items items = Items.inArray(tape, data, 2 * dimensions.count(), "for the complex size " + dimensions);
            return new NumericArray(type, dimensions, true, elements(type, items));
        }
        Items items = Items.inArray(tape, data, dimensions.count(), "for the size " + dimensions);
        byte[] bytes = items.allocate(tape, 2 * type.bytes());
        ByteBuffer out = littleEndian(bytes);
        int place = items.first();
        for (int i = 0; i < items.count(); i++) {
            Items pair = Items.inArray(tape, place, 2, "(real and imaginary part)");
            put(out, type, pair.first());
            put(out, type, tape.end(pair.first()));
            place = tape.end(place);
        }
        return new NumericArray(type, dimensions, true, Elements.wrap(bytes));
    }

    private Elements elements(NumericClass type, Items items) {
        byte[] bytes = items.allocate(tape, type.bytes());
        ByteBuffer out = littleEndian(bytes);
        int place = items.first();
        for (int i = 0; i < items.count(); i++) {
            put(out, type, place);
            place = tape.end(place);
        }
        return Elements.wrap(bytes);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void put(ByteBuffer out, NumericClass type, int place) {
        switch (type) {
            case DOUBLE -> out.putDouble(doubleAt(place));
            case SINGLE -> out.putFloat(floatAt(place));
            case INT8, UINT8 -> out.put((byte) integerAt(type, place));
            case INT16, UINT16 -> out.putShort((short) integerAt(type, place));
            case INT32, UINT32 -> out.putInt((int) integerAt(type, place));
            case INT64, UINT64 -> out.putLong(integerAt(type, place));
        }
    }

    /** The double at {@code place}; NaN and the infinities in either of their forms. */
    double doubleAt(int place) {
        return tape.isNumber(place) ? tape.doubleAt(place) : specialAt(place);
    }

    private float floatAt(int place) {
        if (!tape.isNumber(place)) {
            return (float) specialAt(place);
        }
        float value = tape.floatAt(place);
        if (Float.isInfinite(value)) {
            throw Refusal.expected(tape, place, "a number up to 3.4028235e38 for single");
        }
        return value;
    }

    /** Whether NaN or an infinity stands at {@code place}, in either form. */
    boolean isSpecial(int place) {
        return switch (specialText(place)) {
            case Members.NAN, Members.INF, Members.MINUS_INF -> true;
            default -> false;
        };
    }

    private double specialAt(int place) {
        return switch (specialText(place)) {
            case Members.NAN -> Double.NaN;
            case Members.INF -> Double.POSITIVE_INFINITY;
            case Members.MINUS_INF -> Double.NEGATIVE_INFINITY;
            default -> throw Refusal.expected(tape, place, "a number");
        };
    }

    /** The text that may stand for a number at {@code place}, or an empty one. */
    private String specialText(int place) {
        if (tape.kind(place) == Tape.STRING) {
            return tape.text(place);
        }
        if (tape.kind(place) == Tape.OBJECT) {
            LargeMembers members = LargeMembers.of(tape, place);
            return members.isBareText(tape) ? tape.text(members.data()) : "";
        }
        return "";
    }

    private long integerAt(NumericClass type, int place) {
        byte kind = tape.kind(place);
        boolean fits = switch (kind) {
            case Tape.INT64 -> isInRange(type, tape.longAt(place));
            case Tape.UINT64 -> type == NumericClass.UINT64;
            case Tape.DOUBLE -> tape.doubleAt(place) == 0;
            default -> false;
        };
        if (!fits) {
            throw Refusal.expected(tape, place, "an integer from " + range(type));
        }
        return kind == Tape.DOUBLE ? 0 : tape.longAt(place);
    }

    private static boolean isInRange(NumericClass type, long value) {
        if (type.bytes() == Long.BYTES) {
            return !type.isUnsigned() || value >= 0;
        }
        return value >= smallest(type) && value <= largest(type);
    }

    private static long smallest(NumericClass type) {
        return type.isUnsigned() ? 0 : -1L << (type.bytes() * Byte.SIZE - 1);
    }

    /** The largest integer of the class; for uint64 its bits. */
    private static long largest(NumericClass type) {
        return -1L >>> (Long.SIZE - type.bytes() * Byte.SIZE + (type.isUnsigned() ? 0 : 1));
    }

    private static String range(NumericClass type) {
        return smallest(type) + " to " + Long.toUnsignedString(largest(type)) + " for " + type.octaveName();
    }
}
