package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.util.List;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;

/** The port through which this package tries a bundle. Implementations block. */
@FunctionalInterface
public interface SmokeRunner {
    /**
     * Runs a call in a worker as calls get it.
     *
     * @param loadPath the directories for Octave's path, first one first
     * @param runtime the Octave to run it
     * @throws OpsException SMOKE_CALL_FAILED or WARMUP_FAILED with what Octave says
     */
    void run(SmokeCall call, List<Path> loadPath, OctaveRuntime runtime);
}
