package org.octaveserver.ops.value;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The size of an array: at least two non-negative extents, without trailing ones beyond the second, as Octave keeps
 * them. Immutable.
 */
public final class Dimensions {
    public static final Dimensions SCALAR = new Dimensions(new long[] {1, 1});
    public static final Dimensions EMPTY = new Dimensions(new long[] {0, 0});

    private final long[] extents;
    private final long count;

    private Dimensions(long[] extents) {
        this.extents = extents;
        this.count = multiply(extents);
    }

    /**
     * The size with these extents.
     *
     * @throws IllegalArgumentException when there are fewer than two extents, one is negative, or the number of
     *     elements does not fit a {@code long}
     */
    public static Dimensions of(long... extents) {
        if (extents.length < 2) {
            throw new IllegalArgumentException("an array has at least 2 dimensions, not " + extents.length);
        }
        int length = extents.length;
        while (length > 2 && extents[length - 1] == 1) {
            length--;
        }
        return new Dimensions(Arrays.copyOf(extents, length));
    }

    public static Dimensions row(long columns) {
        return of(1, columns);
    }

    private static long multiply(long[] extents) {
        boolean empty = false;
        for (long extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException("a dimension is not negative, as " + extent + " is");
            }
            empty |= extent == 0;
        }
        if (empty) {
            return 0;
        }
        long product = 1;
        for (long extent : extents) {
            try {
                product = Math.multiplyExact(product, extent);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("too many elements: " + Arrays.toString(extents), e);
            }
        }
        return product;
    }

    /** The number of dimensions, at least 2. */
    public int rank() {
        return extents.length;
    }

    /** The extent of dimension {@code index}, from 0; 1 beyond the rank. */
    public long extent(int index) {
        return index < extents.length ? extents[index] : 1;
    }

    public long rows() {
        return extents[0];
    }

    /** The extent of the second dimension. */
    public long columns() {
        return extents[1];
    }

    /** The number of elements. */
    public long count() {
        return count;
    }

    public boolean isScalar() {
        return extents.length == 2 && extents[0] == 1 && extents[1] == 1;
    }

    public boolean isRow() {
        return extents.length == 2 && extents[0] == 1;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dimensions that && Arrays.equals(extents, that.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    /** As Octave prints it: {@code 2x3x4}. */
    @Override
    public String toString() {
        return Arrays.stream(extents).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }
}
