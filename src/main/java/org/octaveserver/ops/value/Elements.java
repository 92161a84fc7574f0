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
}
