package org.octaveserver.ops.value.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * One JSON value as a sequence of compact tokens that can be read from any place. Large notation names the class of
 * an array after its elements ({@code mwdata} comes before {@code mwtype}), so elements must be kept until the class
 * is known; here a number takes 1 to 9 bytes, without loss, where a tree would take 50.
 *
 * <p>A place is the offset of a token's kind. Containers carry their end and their number of children, so a reader
 * skips one in one step. Not thread-safe.
 */
final class Tape {
    static final byte NULL = 0;
    static final byte FALSE = 1;
    static final byte TRUE = 2;
    static final byte STRING = 3;
    static final byte ARRAY = 4;
    static final byte OBJECT = 5;
    static final byte INT16 = 6;
    static final byte INT32 = 7;
    static final byte INT64 = 8;
    /** An integer from 2^63 to 2^64-1. */
    static final byte UINT64 = 9;
    /** A number with a fraction, a negative zero, or one too large for the integers. */
    static final byte DOUBLE = 10;
    /** Such a number that a float holds exactly. */
    static final byte FLOAT = 11;
    /** Such a number whose nearest float is not the float nearest to its nearest double; both follow. */
    static final byte TWO_ROUNDINGS = 12;

    /** Kind, end, number of children. */
    static final int CONTAINER_HEAD = 9;
    /** A member of an object: its name's number, then its value. */
    static final int NAME = 4;
    /** The end of a container that is still being recorded. */
    static final int OPEN = Integer.MAX_VALUE;

    private static final int LARGEST = Integer.MAX_VALUE - 8;
    private static final double LARGEST_EXACT = 0x1p53;
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private final String root;
    private final List<String> texts = new ArrayList<>();
    private byte[] bytes = new byte[64];
    private int length;

    /** An empty tape for the value that messages call {@code root}, such as {@code rhs[1]}. */
    Tape(String root) {
        this.root = root;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    String root() {
        return root;
    }

    int length() {
        return length;
    }

    void addConstant(byte kind) {
        int place = claim(1);
        bytes[place] = kind;
    }

    void addString(String text) {
        addConstant(STRING);
        addName(text);
    }

    void addName(String text) {
        int place = claim(NAME);
        INTS.set(bytes, place, texts.size());
        texts.add(text);
    }

    /** Opens an array or object and answers its place, for {@link #close}. */
    int open(byte kind) {
        int place = claim(CONTAINER_HEAD);
        bytes[place] = kind;
        INTS.set(bytes, place + 1, OPEN);
        return place;
    }

    void close(int place, int children) {
        INTS.set(bytes, place + 1, length);
        INTS.set(bytes, place + 1 + Integer.BYTES, children);
    }

    void addLong(long value) {
        if (value >= 0 && value < 128) {
            addConstant((byte) (0x80 | value));
        } else if (value == (short) value) {
            int place = claim(1 + Short.BYTES);
            bytes[place] = INT16;
            SHORTS.set(bytes, place + 1, (short) value);
        } else if (value == (int) value) {
            int place = claim(1 + Integer.BYTES);
            bytes[place] = INT32;
            INTS.set(bytes, place + 1, (int) value);
        } else {
            addEightBytes(INT64, value);
        }
    }

    /** Adds the integer from 2^63 to 2^64-1 that has these bits. */
    void addUnsigned(long bits) {
        addEightBytes(UINT64, bits);
    }

    void addDouble(double value) {
        if (isExactInteger(value)) {
            addLong((long) value);
        } else if ((float) value == value) {
            int place = claim(1 + Float.BYTES);
            bytes[place] = FLOAT;
            INTS.set(bytes, place + 1, Float.floatToRawIntBits((float) value));
        } else {
            addEightBytes(DOUBLE, Double.doubleToRawLongBits(value));
        }
    }

    /** Adds a number whose nearest double and nearest float are these. */
    void addRounded(double asDouble, float asFloat) {
        if ((float) asDouble == asFloat) {
            addDouble(asDouble);
        } else {
            addEightBytes(TWO_ROUNDINGS, Double.doubleToRawLongBits(asDouble));
            int place = claim(Float.BYTES);
            INTS.set(bytes, place, Float.floatToRawIntBits(asFloat));
        }
    }

    private static boolean isExactInteger(double value) {
        return value == (long) value
                && Math.abs(value) <= LARGEST_EXACT
                && Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(-0.0);
    }

    private void addEightBytes(byte kind, long bits) {
        int place = claim(1 + Long.BYTES);
        bytes[place] = kind;
        LONGS.set(bytes, place + 1, bits);
    }

    /** Makes room and answers where it begins. It may replace {@link #bytes}, so it never stands beside their use. */
    private int claim(int size) {
        int begin = length;
        if (bytes.length - begin < size) {
            long wanted = Math.max(bytes.length + (long) bytes.length / 2, (long) begin + size);
            if ((long) begin + size > LARGEST) {
                throw new OpsException(ErrorCode.VALUE_TOO_LARGE, root + ": one value may take at most 2 GB");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, LARGEST));
        }
        length = begin + size;
        return begin;
    }

    /** The kind of the token there; every integer that fits a {@code long} answers {@link #INT64}. */
    byte kind(int place) {
        byte kind = bytes[place];
        if (kind < 0 || kind == INT16 || kind == INT32) {
            return INT64;
        }
        return kind >= DOUBLE ? DOUBLE : kind;
    }

    boolean isNumber(int place) {
        byte kind = bytes[place];
        return kind < 0 || kind >= INT16;
    }

    /** The text of the string there. */
    String text(int place) {
        return texts.get((int) INTS.get(bytes, place + 1));
    }

    /** The name of the member that begins there; its value stands {@link #NAME} bytes further. */
    String name(int place) {
        return texts.get((int) INTS.get(bytes, place));
    }

    /** The integer there, of kind {@link #INT64} or, as its bits, {@link #UINT64}. */
    long longAt(int place) {
        byte kind = bytes[place];
        if (kind < 0) {
            return kind & 0x7f;
        }
        return switch (kind) {
            case INT16 -> (short) SHORTS.get(bytes, place + 1);
            case INT32 -> (int) INTS.get(bytes, place + 1);
            default -> (long) LONGS.get(bytes, place + 1);
        };
    }

    /** The number there as the nearest double, whatever its kind. */
    double doubleAt(int place) {
        byte kind = bytes[place];
        return switch (kind) {
            case FLOAT -> Float.intBitsToFloat((int) INTS.get(bytes, place + 1));
            case DOUBLE, TWO_ROUNDINGS -> Double.longBitsToDouble((long) LONGS.get(bytes, place + 1));
            case UINT64 -> unsignedToDouble((long) LONGS.get(bytes, place + 1));
            default -> longAt(place);
        };
    }

    /** The number there as the nearest float, infinite when it is too large for one. */
    float floatAt(int place) {
        byte kind = bytes[place];
        if (kind == TWO_ROUNDINGS) {
            return Float.intBitsToFloat((int) INTS.get(bytes, place + 1 + Double.BYTES));
        }
        if (kind == UINT64) {
            long bits = longAt(place);
            return ((bits >>> 1) | (bits & 1)) * 2.0f;
        }
        return kind(place) == INT64 ? (float) longAt(place) : (float) doubleAt(place);
    }

    /** Halves with the lost bit kept sticky, so that the one rounding is the right one. */
    private static double unsignedToDouble(long bits) {
        return ((bits >>> 1) | (bits & 1)) * 2.0;
    }

    /** How many elements the array, or members the object, there has. */
    int count(int place) {
        return (int) INTS.get(bytes, place + 1 + Integer.BYTES);
    }

    /** Where the token there ends and the next begins. */
    int end(int place) {
        byte kind = bytes[place];
        return switch (kind) {
            case ARRAY, OBJECT -> (int) INTS.get(bytes, place + 1);
            case STRING -> place + 1 + NAME;
            case INT16 -> place + 1 + Short.BYTES;
            case INT32, FLOAT -> place + 1 + Integer.BYTES;
            case INT64, UINT64, DOUBLE -> place + 1 + Long.BYTES;
            case TWO_ROUNDINGS -> place + 1 + Double.BYTES + Float.BYTES;
            default -> place + 1;
        };
    }

    /** Where the first element or member of the container there begins. */
    static int first(int place) {
        return place + CONTAINER_HEAD;
    }
}
