package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.util.List;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;

/** The port through which this package asks Octave what functions a tree offers. Implementations may block. */
@FunctionalInterface
public interface FunctionInspector {
    /**
     * Every function that a tree would offer on Octave's path: its function files, compiled or not, and those of its
     * packages, not private ones and not methods of classes.
     *
     * @param tree what is to be looked at
     * @param dependencies what else is on the path, behind it; first one first
     * @param runtime the Octave to ask
     * @throws OpsException INVALID_BUNDLE when a file does not parse or load, naming file and line
     */
    List<InspectedFunction> inspect(InstalledTree tree, List<Path> dependencies, OctaveRuntime runtime);
}
