package org.octaveserver.ops.value.json;

import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.Dimensions;

/** The elements of an array in {@code mwdata}, as many as its size says. */
record Items(int first, int count) {
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    /**
     * The elements of the array at {@code place}. A single element may stand there without an array around it, as
     * MathWorks' own documentation has it.
     */
    static Items of(Tape tape, int place, Dimensions dimensions) {
        if (tape.kind(place) != Tape.ARRAY && dimensions.count() == 1) {
            return new Items(place, 1);
        }
        return inArray(tape, place, dimensions.count(), "for the size " + dimensions);
    }

    /** The {@code wanted} elements of the array that must stand at {@code place}. */
    static Items inArray(Tape tape, int place, long wanted, String reason) {
        if (tape.kind(place) != Tape.ARRAY || tape.count(place) != wanted) {
            throw Refusal.expected(tape, place, "an array of " + wanted + " " + reason);
        }
        return new Items(Tape.first(place), tape.count(place));
    }

    /** The bytes that elements of that size take. The items exist, so memory follows what was really read. */
    byte[] allocate(Tape tape, int bytesEach) {
        if ((long) count * bytesEach > MOST_BYTES) {
            throw new OpsException(ErrorCode.VALUE_TOO_LARGE, tape.root() + ": an array may take at most 2 GB");
        }
        return new byte[count * bytesEach];
    }
}
