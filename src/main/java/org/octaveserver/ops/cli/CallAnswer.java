package org.octaveserver.ops.cli;

import java.util.List;
import org.octaveserver.ops.value.OctaveValue;

/** What a function answered (MPS: RESTful API, synchronous execution). */
sealed interface CallAnswer {
    /**
     * It returned.
     *
     * @param values its outputs, as many as were asked for
     */
    record Returned(List<OctaveValue> values) implements CallAnswer {
        public Returned {
            values = List.copyOf(values);
        }
    }

    /**
     * It threw an Octave error.
     *
     * @param message the error's message
     * @param stack where it was thrown, innermost first
     */
    record Threw(String message, List<Frame> stack) implements CallAnswer {
        public Threw {
            stack = List.copyOf(stack);
        }
    }

    /**
     * One function on the stack.
     *
     * @param name the function
     * @param line the line in its file
     */
    record Frame(String name, int line) {}
}
