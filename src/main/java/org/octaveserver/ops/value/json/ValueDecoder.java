package org.octaveserver.ops.value.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.LogicalArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.NumericClass;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.value.ValueLimits;

/** Turns a tape into a value: both notations, freely mixed. */
final class ValueDecoder {
    /** Elements without fields take no text, but Octave takes a byte for each while it makes them. */
    private static final long MOST_WITHOUT_FIELDS = 1_000_000;

    private final Tape tape;
    private final Numbers numbers;
    private final Texts texts;
    private final NestedArrays arrays;

    ValueDecoder(Tape tape) {
        this.tape = tape;
        this.numbers = new Numbers(tape);
        this.texts = new Texts(tape);
        this.arrays = new NestedArrays(tape, numbers);
    }

    /** The value at {@code place}, which stands in {@code enclosing} cell arrays and structs. */
    OctaveValue decode(int place, int enclosing) {
        if (enclosing > ValueLimits.MAX_NESTING) {
            throw Refusal.at(tape, place, "nested deeper than " + ValueLimits.MAX_NESTING + " levels");
        }
        return switch (tape.kind(place)) {
            case Tape.NULL -> throw Refusal.expected(tape, place, "a value (Octave has none for null)");
            case Tape.FALSE -> LogicalArray.scalar(false);
            case Tape.TRUE -> LogicalArray.scalar(true);
            case Tape.STRING -> texts.row(place);
            case Tape.ARRAY -> arrays.array(place);
            case Tape.OBJECT -> object(place, enclosing);
            default -> NumericArray.scalar(tape.doubleAt(place));
        };
    }

    private OctaveValue object(int place, int enclosing) {
        LargeMembers members = LargeMembers.of(tape, place);
        if (!members.anyPresent()) {
            return smallStruct(place, enclosing);
        }
        if (members.isBareText(tape) && numbers.isSpecial(place)) {
            return NumericArray.scalar(numbers.doubleAt(place));
        }
        return large(LargeHead.of(tape, place, members), members.type(), enclosing);
    }

    private OctaveValue large(LargeHead head, int typePlace, int enclosing) {
        Optional<NumericClass> numeric = NumericClass.named(head.type());
        if (numeric.isPresent()) {
            return numbers.array(numeric.get(), head.dimensions(), head.complex(), head.data());
        }
        return switch (head.type()) {
            case "logical" -> logical(head);
            case "char" -> texts.array(head.data(), head.dimensions());
            case "string" -> texts.strings(head.data(), head.dimensions());
            case "cell" -> new CellArray(head.dimensions(), values(head.data(), head.dimensions(), enclosing));
            case "struct" -> largeStruct(head, enclosing);
            default ->
                throw Refusal.expected(
                        tape,
                        typePlace,
                        "a class that Octave has (double, single, int8 to uint64, logical, char, string, cell, struct)");
        };
    }

    private LogicalArray logical(LargeHead head) {
        Items items = Items.of(tape, head.data(), head.dimensions());
        byte[] bytes = items.allocate(tape, 1);
        int place = items.first();
        for (int i = 0; i < bytes.length; i++) {
            byte kind = tape.kind(place);
            if (kind != Tape.TRUE && kind != Tape.FALSE) {
                throw Refusal.expected(tape, place, "true or false");
            }
            bytes[i] = (byte) (kind == Tape.TRUE ? 1 : 0);
            place = tape.end(place);
        }
        return new LogicalArray(head.dimensions(), Elements.wrap(bytes));
    }

    private List<OctaveValue> values(int data, Dimensions dimensions, int enclosing) {
        Items items = Items.of(tape, data, dimensions);
        List<OctaveValue> values = new ArrayList<>(items.count());
        int place = items.first();
        for (int i = 0; i < items.count(); i++) {
            values.add(decode(place, enclosing + 1));
            place = tape.end(place);
        }
        return values;
    }

    private StructArray largeStruct(LargeHead head, int enclosing) {
        if (tape.kind(head.data()) != Tape.OBJECT) {
            throw Refusal.expected(tape, head.data(), "an object with an array for each field");
        }
        Fields fields = new Fields();
        forEachField(head.data(), fields, value -> fields.values.addAll(values(value, head.dimensions(), enclosing)));
        if (fields.names.isEmpty() && head.dimensions().count() > MOST_WITHOUT_FIELDS) {
            throw Refusal.at(
                    tape, head.data(), "a struct array without fields may have " + MOST_WITHOUT_FIELDS + " elements");
        }
        return new StructArray(head.dimensions(), fields.names, fields.values);
    }

    private StructArray smallStruct(int place, int enclosing) {
        Fields fields = new Fields();
        forEachField(place, fields, value -> fields.values.add(decode(value, enclosing + 1)));
        return new StructArray(Dimensions.SCALAR, fields.names, fields.values);
    }

    private void forEachField(int object, Fields fields, IntConsumer atValue) {
        int member = Tape.first(object);
        while (member < tape.end(object)) {
            int value = member + Tape.NAME;
            fields.add(tape.name(member), value);
            atValue.accept(value);
            member = tape.end(value);
        }
    }

    /** The fields of one struct while they are read. */
    private final class Fields {
        private final List<String> names = new ArrayList<>();
        private final List<OctaveValue> values = new ArrayList<>();
        private final Set<String> known = new HashSet<>();

        void add(String name, int value) {
            if (!known.add(name)) {
                throw Refusal.at(tape, value, "the field stands twice");
            }
            names.add(name);
        }
    }
}
