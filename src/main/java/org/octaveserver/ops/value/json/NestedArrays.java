package org.octaveserver.ops.value.json;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.ValueLimits;

/** Reads arrays in small notation: nested, dimension 1 outermost; a flat one is a row. */
final class NestedArrays {
    private final Tape tape;
    private final Numbers numbers;

    NestedArrays(Tape tape, Numbers numbers) {
        this.tape = tape;
        this.numbers = numbers;
    }

    OctaveValue array(int place) {
        if (tape.count(place) == 0) {
            return NumericArray.doubles(Dimensions.EMPTY);
        }
        int[] extents = extents(place);
        checkRectangular(place, extents, 0);
        Dimensions dimensions = dimensions(extents);
        Items items = new Items(place, (int) dimensions.count());
        boolean logical = !dimensions.isEmpty() && isLogical(place);
        Filler filler = new Filler(extents, logical, items.allocate(tape, logical ? 1 : Double.BYTES));
        filler.fill(place, 0, 0, 1);
        Elements elements = Elements.wrap(filler.bytes.array());
        return logical
                ? new LogicalArray(dimensions, elements)
                : new NumericArray(NumericClass.DOUBLE, dimensions, false, elements);
    }

    /** The number of elements at each depth, as the first branch has them. */
    private int[] extents(int place) {
        int[] extents = new int[ValueLimits.MAX_NESTING];
        int depth = 0;
        int at = place;
        while (tape.kind(at) == Tape.ARRAY) {
            if (depth == extents.length) {
                throw Refusal.at(tape, at, "an array may have " + extents.length + " dimensions");
            }
            extents[depth] = tape.count(at);
            depth++;
            if (tape.count(at) == 0) {
                break;
            }
            at = Tape.first(at);
        }
        return Arrays.copyOf(extents, depth);
    }

    /** After this, the product of the extents is the number of elements that are really there. */
    private void checkRectangular(int place, int[] extents, int depth) {
        if (tape.kind(place) != Tape.ARRAY || tape.count(place) != extents[depth]) {
            throw Refusal.expected(tape, place, "an array of " + extents[depth] + " like the others beside it");
        }
        if (depth + 1 == extents.length) {
            return;
        }
        int child = Tape.first(place);
        for (int i = 0; i < extents[depth]; i++) {
            checkRectangular(child, extents, depth + 1);
            child = tape.end(child);
        }
    }

    private static Dimensions dimensions(int[] extents) {
        if (extents.length == 1) {
            return Dimensions.row(extents[0]);
        }
        return Dimensions.of(Arrays.stream(extents).asLongStream().toArray());
    }

    private boolean isLogical(int place) {
        int leaf = place;
        while (tape.kind(leaf) == Tape.ARRAY) {
            leaf = Tape.first(leaf);
        }
        return isBoolean(leaf);
    }

    private boolean isBoolean(int place) {
        return tape.kind(place) == Tape.TRUE || tape.kind(place) == Tape.FALSE;
    }

    /** Puts elements, which come row by row, into column-major order. */
    private final class Filler {
        private final int[] extents;
        private final boolean logical;
        private final ByteBuffer bytes;

        Filler(int[] extents, boolean logical, byte[] bytes) {
            this.extents = extents;
            this.logical = logical;
            this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        void fill(int place, int depth, int offset, int stride) {
            int child = Tape.first(place);
            for (int i = 0; i < extents[depth]; i++) {
                int index = offset + i * stride;
                if (depth + 1 == extents.length) {
                    put(index, child);
                } else {
                    fill(child, depth + 1, index, stride * extents[depth]);
                }
                child = tape.end(child);
            }
        }

        private void put(int index, int place) {
            if (logical) {
                if (!isBoolean(place)) {
                    throw Refusal.expected(tape, place, "true or false like the others beside it");
                }
                bytes.put(index, (byte) (tape.kind(place) == Tape.TRUE ? 1 : 0));
                return;
            }
            if (!tape.isNumber(place) && !numbers.isSpecial(place)) {
                throw Refusal.expected(tape, place, "a number (other arrays need large notation)");
            }
            bytes.putDouble(index * Double.BYTES, numbers.doubleAt(place));
        }
    }
}
