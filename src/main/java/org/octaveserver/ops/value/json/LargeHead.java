package org.octaveserver.ops.value.json;

import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.ValueLimits;

/**
 * What large notation says about an array beside its elements.
 *
 * @param data the place of the elements
 * @param dimensions the size
 * @param type the name of the class
 * @param complex whether each element is two numbers
 */
record LargeHead(int data, Dimensions dimensions, String type, boolean complex) {
    static LargeHead of(Tape tape, int object, LargeMembers members) {
        String type = type(tape, present(tape, object, members.type(), Members.TYPE));
        Dimensions dimensions = size(tape, present(tape, object, members.size(), Members.SIZE));
        int data = present(tape, object, members.data(), Members.DATA);
        return new LargeHead(data, dimensions, type, complex(tape, members.complex(), type));
    }

    private static int present(Tape tape, int object, int member, String name) {
        if (member == LargeMembers.ABSENT) {
            throw Refusal.at(tape, object, name + " is missing: large notation needs mwdata, mwsize and mwtype");
        }
        return member;
    }

    private static String type(Tape tape, int place) {
        if (tape.kind(place) != Tape.STRING) {
            throw Refusal.expected(tape, place, "the name of a class");
        }
        return tape.text(place);
    }

    private static Dimensions size(Tape tape, int place) {
        if (tape.kind(place) != Tape.ARRAY || tape.count(place) < 2 || tape.count(place) > ValueLimits.MAX_NESTING) {
            throw Refusal.expected(tape, place, "an array of 2 to " + ValueLimits.MAX_NESTING + " extents");
        }
        long[] extents = new long[tape.count(place)];
        int extent = Tape.first(place);
        for (int i = 0; i < extents.length; i++) {
            if (tape.kind(extent) != Tape.INT64 || tape.longAt(extent) < 0) {
                throw Refusal.expected(tape, extent, "an integer from 0");
            }
            extents[i] = tape.longAt(extent);
            extent = tape.end(extent);
        }
        return dimensions(tape, place, extents);
    }

    private static Dimensions dimensions(Tape tape, int place, long[] extents) {
        try {
            Dimensions dimensions = Dimensions.of(extents);
            if (dimensions.count() <= Integer.MAX_VALUE) {
                return dimensions;
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.at(tape, place, String.valueOf(e.getMessage()));
        }
        throw Refusal.at(tape, place, "an array may have " + Integer.MAX_VALUE + " elements");
    }

    private static boolean complex(Tape tape, int place, String type) {
        if (place == LargeMembers.ABSENT || tape.kind(place) == Tape.FALSE) {
            return false;
        }
        if (tape.kind(place) != Tape.TRUE) {
            throw Refusal.expected(tape, place, "true or false");
        }
        if (NumericClass.named(type).filter(NumericClass::isFloating).isEmpty()) {
            throw Refusal.at(tape, place, "only double and single can be complex, not " + Refusal.readable(type));
        }
        return true;
    }
}
