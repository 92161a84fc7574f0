package org.octaveserver.ops.bundle;

import java.util.function.Supplier;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * What Octave does for a deployment.
 *
 * @param runtime answers which Octave that is, or throws {@code RUNTIME_UNAVAILABLE}
 * @param installer installs packages
 * @param inspector says what functions there are
 * @param smoke tries the bundle
 */
public record OctaveSteps(
        Supplier<OctaveRuntime> runtime, PackageInstaller installer, FunctionInspector inspector, SmokeRunner smoke) {}
