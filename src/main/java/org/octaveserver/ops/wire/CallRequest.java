package org.octaveserver.ops.wire;

import java.util.List;
import org.octaveserver.ops.value.OctaveValue;

/**
 * What CALL carries.
 *
 * @param outputMark what the worker prints when it has printed everything that belongs to this call
 * @param function the name of the function, {@code package.function} for one in a package
 * @param outputs how many outputs are asked for
 * @param arguments the inputs
 * @param figures in what form the figures are wanted that it leaves open
 */
public record CallRequest(
        String outputMark, String function, int outputs, List<OctaveValue> arguments, FigureFormat figures) {
    public CallRequest {
        arguments = List.copyOf(arguments);
    }

    /** A call of which no figures are wanted. */
    public CallRequest(String outputMark, String function, int outputs, List<OctaveValue> arguments) {
        this(outputMark, function, outputs, arguments, FigureFormat.NONE);
    }

    /** The same with other arguments. */
    public CallRequest with(List<OctaveValue> others) {
        return new CallRequest(outputMark, function, outputs, others, figures);
    }

    /** The same with another output mark. */
    public CallRequest marked(String mark) {
        return new CallRequest(mark, function, outputs, arguments, figures);
    }
}
