package org.octaveserver.ops.value.json;

import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Says what is wrong with the value at a place of a tape. The path is found only now, by walking from the root, so
 * that reading keeps no track of it.
 */
final class Refusal {
    private static final int LONGEST_TEXT = 40;
    private static final int MOST_STEPS = 16;

    private Refusal() {}

    /** The value at {@code place} is not what it should be. */
    static OpsException expected(Tape tape, int place, String what) {
        return at(tape, place, "expected " + what + ", got " + found(tape, place));
    }

    /** There is something else to say about {@code place}, which may also be the tape's end. */
    static OpsException at(Tape tape, int place, String problem) {
        return new OpsException(ErrorCode.INVALID_ARGUMENT, path(tape, place) + ": " + problem);
    }

    private static String found(Tape tape, int place) {
        return switch (tape.kind(place)) {
            case Tape.NULL -> "null";
            case Tape.FALSE -> "false";
            case Tape.TRUE -> "true";
            case Tape.STRING -> quoted(tape.text(place));
            case Tape.ARRAY -> "an array of " + tape.count(place);
            case Tape.OBJECT -> "an object";
            case Tape.INT64 -> Long.toString(tape.longAt(place));
            case Tape.UINT64 -> Long.toUnsignedString(tape.longAt(place));
            default -> NumberText.of(tape.doubleAt(place));
        };
    }

    private static String path(Tape tape, int place) {
        List<String> steps = new ArrayList<>();
        int at = 0;
        while (at != place) {
            at = step(tape, at, place, steps);
        }
        if (steps.size() > MOST_STEPS) {
            List<String> middle = steps.subList(MOST_STEPS / 2, steps.size() - MOST_STEPS / 2);
            middle.clear();
            middle.add("...");
        }
        return tape.root() + String.join("", steps);
    }

    /** Goes from a container to its child that holds {@code place}, and answers where that child is. */
    private static int step(Tape tape, int container, int place, List<String> steps) {
        boolean array = tape.kind(container) == Tape.ARRAY;
        int index = 0;
        int name = Tape.first(container);
        int child = array ? name : name + Tape.NAME;
        while (child != place && tape.end(child) <= place) {
            index++;
            name = tape.end(child);
            child = array ? name : name + Tape.NAME;
        }
        steps.add(array ? "[" + index + "]" : "." + readable(tape.name(name)));
        return child;
    }

    /** A name as it stands in a path: in quotes unless it is a plain one. */
    static String readable(String name) {
        boolean plain = !name.isEmpty()
                && name.length() <= LONGEST_TEXT
                && name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
        return plain ? name : quoted(name);
    }

    /** The beginning of a text in quotes, with nothing in it that could upset a log. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int shown = Math.min(text.length(), LONGEST_TEXT);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            boolean printable = !Character.isISOControl(c) && !Character.isSurrogate(c) && c != '\u2028';
            quoted.append(printable ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return quoted.append(shown < text.length() ? "...\"" : "\"").toString();
    }
}
