package org.octaveserver.ops.bundle.signature;

import java.util.List;

/**
 * How a function is called. Immutable.
 *
 * @param help what it does, or empty
 * @param inputs in their order
 * @param outputs in their order
 */
public record Signature(String help, List<Argument> inputs, List<Argument> outputs) {
    /** Nothing is known, so any number of inputs and outputs: true of every function, and what clients understand. */
    public static final Signature UNKNOWN =
            new Signature("", List.of(Argument.named("varargin")), List.of(Argument.named("varargout")));

    public Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
