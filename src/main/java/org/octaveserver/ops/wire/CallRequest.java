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
 */
public record CallRequest(String outputMark, String function, int outputs, List<OctaveValue> arguments) {
    public CallRequest {
        arguments = List.copyOf(arguments);
    }
}
