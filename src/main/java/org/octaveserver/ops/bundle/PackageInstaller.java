package org.octaveserver.ops.bundle;

import org.octaveserver.ops.error.OpsException;

/** The port through which this package has Octave install a package. Implementations block, for minutes if need be. */
@FunctionalInterface
public interface PackageInstaller {
    /**
     * Installs a package, compiling what is to be compiled, and writes the log of it.
     *
     * @return what is in {@code build.prefix()} now
     * @throws OpsException BUILD_FAILED with the end of the log, naming file and line where a compiler did;
     *     BUILD_TOOLS_MISSING with what to install; INVALID_BUNDLE when {@code pkg} takes it for no package
     */
    InstalledTree install(PackageBuild build);
}
