package org.octaveserver.ops.bundle;

/**
 * What Octave does for a deployment.
 *
 * @param installer installs packages
 * @param inspector says what functions there are
 * @param smoke tries the bundle
 */
public record OctaveSteps(PackageInstaller installer, FunctionInspector inspector, SmokeRunner smoke) {}
