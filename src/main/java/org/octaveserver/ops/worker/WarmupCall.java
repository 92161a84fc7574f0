package org.octaveserver.ops.worker;

import java.util.List;
import org.octaveserver.ops.value.OctaveValue;

/**
 * The call that a bundle wants made before its first one, so that what it caches is there: in a template once for all its
 * workers, in a worker that was not forked once for itself.
 *
 * @param function one of the bundle's
 * @param arguments its inputs
 */
public record WarmupCall(String function, List<OctaveValue> arguments) {
    public WarmupCall {
        arguments = List.copyOf(arguments);
    }

    /** Quick: it is asked for with each call, and the name tells enough. */
    @Override
    public int hashCode() {
        return function.hashCode();
    }
}
