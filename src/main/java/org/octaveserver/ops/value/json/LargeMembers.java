package org.octaveserver.ops.value.json;

/**
 * Where the members of large notation stand in an object on a tape. Members of other names (such as
 * {@code mwmetadata}) are ignored.
 */
record LargeMembers(int data, int size, int type, int complex) {
    static final int ABSENT = -1;

    static LargeMembers of(Tape tape, int object) {
        int data = ABSENT;
        int size = ABSENT;
        int type = ABSENT;
        int complex = ABSENT;
        int member = Tape.first(object);
        while (member < tape.end(object)) {
            int value = member + Tape.NAME;
            switch (tape.name(member)) {
                case Members.DATA -> data = once(tape, data, value);
                case Members.SIZE -> size = once(tape, size, value);
                case Members.TYPE -> type = once(tape, type, value);
                case Members.COMPLEX -> complex = once(tape, complex, value);
                default -> {}
            }
            member = tape.end(value);
        }
        return new LargeMembers(data, size, type, complex);
    }

    private static int once(Tape tape, int known, int value) {
        if (known != ABSENT) {
            throw Refusal.at(tape, value, "the member stands twice");
        }
        return value;
    }

    /** Whether the object is no struct in small notation. */
    boolean anyPresent() {
        return data != ABSENT || size != ABSENT || type != ABSENT;
    }

    /** Whether the object can only be NaN or an infinity, as <code>{"mwdata":"NaN"}</code> is. */
    boolean isBareText(Tape tape) {
        return data != ABSENT && size == ABSENT && type == ABSENT && tape.kind(data) == Tape.STRING;
    }
}
