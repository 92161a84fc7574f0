package org.octaveserver.ops.call;

import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.ValueSize;

/** How a call ended when the function ran to its end or threw: both are answers of user code. */
public sealed interface CallOutcome {
    /** What the call printed, up to the limit that is kept. */
    String printed();

    /** How many bytes its values and pictures take as they came, about. */
    long size();

    /**
     * It returned.
     *
     * @param outputs as many as were asked for
     * @param figures those that it left open; absent when they were not asked for
     */
    record Returned(List<OctaveValue> outputs, String printed, Optional<List<Figure>> figures) implements CallOutcome {
        public Returned {
            outputs = List.copyOf(outputs);
            figures = figures.map(List::copyOf);
        }

        @Override
        public long size() {
            long values = outputs.stream().mapToLong(ValueSize::of).sum();
            return values
                    + figures.orElse(List.of()).stream()
                            .mapToLong(figure -> figure.picture().length)
                            .sum();
        }
    }

    /**
     * The error that the function threw.
     *
     * @param identifier such as {@code demo:badSize}, or empty
     * @param message the message
     * @param stack the frames of user code, innermost first
     */
    record Threw(String identifier, String message, List<Frame> stack, String printed) implements CallOutcome {
        public Threw {
            stack = List.copyOf(stack);
        }

        @Override
        public long size() {
            return message.length();
        }
    }

    /**
     * One frame of user code.
     *
     * @param file the file, relative to the bundle's directory where it is in it, or empty
     * @param name the function
     * @param line from 1; 0 when not known
     */
    record Frame(String file, String name, int line) {}
}
