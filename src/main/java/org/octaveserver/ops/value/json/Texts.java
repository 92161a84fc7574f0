package org.octaveserver.ops.value.json;

import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.OctaveValue;

/** Reads text from a tape: char arrays, and MATLAB's strings as what Octave has for them. */
final class Texts {
    private final Tape tape;

    Texts(Tape tape) {
        this.tape = tape;
    }

    /** The string at {@code place} as a char row, empty as 0x0. */
    CharArray row(int place) {
        String text = encodable(place);
        return CharMatrix.array(text, text.isEmpty() ? Dimensions.EMPTY : Dimensions.row(text.length()));
    }

    /** The char array in {@code mwdata} at {@code data}: one string, in an array or not; no string is an empty one. */
    CharArray array(int data, Dimensions stated) {
        int place = data;
        if (tape.kind(data) == Tape.ARRAY && tape.count(data) == 1) {
            place = Tape.first(data);
        }
        boolean none = tape.kind(data) == Tape.ARRAY && tape.count(data) == 0;
        try {
            return CharMatrix.array(none ? "" : encodable(place), stated);
        } catch (IllegalArgumentException e) {
            throw Refusal.at(tape, data, String.valueOf(e.getMessage()));
        }
    }

    /** MATLAB's string array, which Octave does not have: one string as char, others as a cell array of them. */
    OctaveValue strings(int data, Dimensions dimensions) {
        Items items = Items.of(tape, data, dimensions);
        List<OctaveValue> rows = new ArrayList<>(items.count());
        int place = items.first();
        for (int i = 0; i < items.count(); i++) {
            rows.add(stringElement(place));
            place = tape.end(place);
        }
        return items.count() == 1 ? rows.get(0) : new CellArray(dimensions, rows);
    }

    private CharArray stringElement(int place) {
        if (tape.kind(place) == Tape.OBJECT) {
            LargeMembers members = LargeMembers.of(tape, place);
            if (members.isBareText(tape) && tape.text(members.data()).equals(Members.MISSING)) {
                throw Refusal.at(tape, place, "Octave has nothing for a missing string");
            }
        }
        return row(place);
    }

    private String encodable(int place) {
        if (tape.kind(place) != Tape.STRING) {
            throw Refusal.expected(tape, place, "a string");
        }
        if (!ByteText.isEncodable(tape.text(place))) {
            throw Refusal.expected(
                    tape,
                    place,
                    "text without half a surrogate pair (only \\udc80 to \\udcff, for a" + " byte that is no UTF-8)");
        }
        return tape.text(place);
    }
}
