package org.octaveserver.ops.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What FAILURE carries.
 *
 * @param reason whose failure it is
 * @param identifier Octave's error identifier, or empty
 * @param message the message
 * @param stack where it was thrown, innermost first, without the worker's own frames
 */
public record OctaveFailure(Reason reason, String identifier, String message, List<StackFrame> stack) {
    /** Whose failure it is, with its number on the wire. */
    public enum Reason {
        /** The function threw: an answer like any other. */
        THROWN,
        /** The worker could not do what it was asked. */
        REFUSED,
        /** The function ran, but an output has no encoding. */
        NO_ENCODING
    }

    /**
     * One frame of Octave's stack.
     *
     * @param file the file as Octave names it, or empty
     * @param name the function
     * @param line from 1; 0 when not known
     * @param column from 1; 0 when not known
     */
    public record StackFrame(String file, String name, int line, int column) {}

    public OctaveFailure {
        stack = List.copyOf(stack);
    }

    static OctaveFailure read(PayloadReader payload) throws WireException {
        int reason = payload.number32();
        if (reason < 0 || reason >= Reason.values().length) {
            throw new WireException("a failure has no reason " + reason);
        }
        String identifier = payload.text();
        String message = payload.text();
        int count = payload.count(16);
        List<StackFrame> stack = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            stack.add(new StackFrame(payload.text(), payload.text(), payload.number32(), payload.number32()));
        }
        return new OctaveFailure(Reason.values()[reason], identifier, message, stack);
    }
}
