package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.util.List;
import org.octaveserver.ops.error.OpsException;

/** The port through which this package asks Octave what functions a directory offers. Implementations may block. */
@FunctionalInterface
public interface FunctionInspector {
    /**
     * Every function that a directory would offer on Octave's path: its function files and those of its packages, not
     * private ones and not methods of classes.
     *
     * @param loadPath the directory
     * @param runtimeId the Octave to ask
     * @throws OpsException INVALID_BUNDLE when a file does not parse, naming file and line
     */
    List<InspectedFunction> inspect(Path loadPath, String runtimeId);
}
