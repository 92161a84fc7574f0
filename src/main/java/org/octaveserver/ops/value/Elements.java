package org.octaveserver.ops.value;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The elements of an array as little-endian bytes in column-major order: the form in which they travel to a worker.
 * Immutable by contract: whoever hands in a byte array gives it away.
 */
public final class Elements {
    public static final Elements NONE = new Elements(new byte[0], 0, 0);

    private static final VarHandle DOUBLE = view(double[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle SHORT = view(short[].class);

    private final byte[] bytes;
    private final int offset;
    private final int length;

    private Elements(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** Wraps bytes that nobody changes from now on, without copying them. */
    public static Elements wrap(byte[] bytes) {
        return new Elements(bytes, 0, bytes.length);
    }

    /** Wraps a part of an array that nobody changes from now on, without copying it. */
    public static Elements wrap(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return new Elements(bytes, offset, length);
    }

    public static Elements ofDoubles(double... values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            DOUBLE.set(bytes, i * Double.BYTES, values[i]);
        }
        return wrap(bytes);
    }

    public static Elements ofLongs(long... values) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
        for (int i = 0; i < values.length; i++) {
            LONG.set(bytes, i * Long.BYTES, values[i]);
        }
        return wrap(bytes);
    }

    public int byteLength() {
        return length;
    }

    /** Element {@code index} when the elements are doubles. */
    public double doubleAt(int index) {
        return (double) DOUBLE.get(bytes, at(index, Double.BYTES));
    }

    /** Element {@code index} when the elements are floats. */
    public float floatAt(int index) {
        return (float) FLOAT.get(bytes, at(index, Float.BYTES));
    }

    /** Element {@code index} when the elements are 64-bit integers. */
    public long longAt(int index) {
        return (long) LONG.get(bytes, at(index, Long.BYTES));
    }

    /** Element {@code index} when the elements are 32-bit integers. */
    public int intAt(int index) {
        return (int) INT.get(bytes, at(index, Integer.BYTES));
    }

    /** Element {@code index} when the elements are 16-bit integers. */
    public short shortAt(int index) {
        return (short) SHORT.get(bytes, at(index, Short.BYTES));
    }

    /** Element {@code index} when the elements are bytes. */
    public byte byteAt(int index) {
        return bytes[at(index, 1)];
    }

    private int at(int index, int size) {
        return offset + Objects.checkIndex(index, length / size) * size;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Elements that
                && Arrays.equals(bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length + " bytes";
    }

    /**
     * Collects elements one by one, growing as they come: memory follows what was really read, not what a header
     * claimed. Not thread-safe.
     */
    public static final class Builder {
        private static final int LARGEST = Integer.MAX_VALUE - 8;

        private byte[] bytes;
        private int length;

        public Builder() {
            bytes = new byte[64];
        }

        public Builder addDouble(double value) {
            DOUBLE.set(bytes, claim(Double.BYTES), value);
            return this;
        }

        public Builder addFloat(float value) {
            FLOAT.set(bytes, claim(Float.BYTES), value);
            return this;
        }

        public Builder addLong(long value) {
            LONG.set(bytes, claim(Long.BYTES), value);
            return this;
        }

        public Builder addInt(int value) {
            INT.set(bytes, claim(Integer.BYTES), value);
            return this;
        }

        public Builder addShort(short value) {
            SHORT.set(bytes, claim(Short.BYTES), value);
            return this;
        }

        public Builder addByte(byte value) {
            bytes[claim(1)] = value;
            return this;
        }

        public int byteLength() {
            return length;
        }

        /** Ends the builder and hands over what was collected. */
        public Elements build() {
            Elements built = new Elements(bytes, 0, length);
            bytes = new byte[0];
            length = 0;
            return built;
        }

        /** Makes room for {@code size} more bytes and answers where they begin. */
        private int claim(int size) {
            int begin = length;
            if (bytes.length - begin < size) {
                bytes = Arrays.copyOf(bytes, grown(size));
            }
            length = begin + size;
            return begin;
        }

        private int grown(int size) {
            long wanted = Math.max((long) bytes.length * 2, (long) length + Math.max(size, 64));
            if (wanted > LARGEST) {
                if ((long) length + size > LARGEST) {
                    throw new IllegalStateException("an array holds at most " + LARGEST + " bytes");
                }
                return LARGEST;
            }
            return (int) wanted;
        }
    }
}
