package org.octaveserver.ops.bundle;

import java.util.List;
import org.octaveserver.ops.value.OctaveValue;

/**
 * The call in {@code ops.json} that must succeed before the version is deployed.
 *
 * @param function one of the bundle's exports
 * @param arguments its inputs
 * @param outputs how many outputs are asked for
 */
public record SmokeCall(String function, List<OctaveValue> arguments, int outputs) {
    public SmokeCall {
        arguments = List.copyOf(arguments);
    }
}
