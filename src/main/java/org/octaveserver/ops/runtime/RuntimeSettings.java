package org.octaveserver.ops.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.octaveserver.ops.settings.AtLeast;

/** Settings of the Octave installation that runs bundles. */
@ConfigMapping(prefix = "ops.runtime")
public interface RuntimeSettings {
    /** The program that starts Octave: a name on the path, or a path. */
    @WithDefault("octave-cli")
    String command();

    /** How long Octave may take to tell its version. */
    @WithDefault("30s")
    @AtLeast("1s")
    Duration probeTimeout();

    /** How often an installation that was not there is looked for again. */
    @WithDefault("10s")
    @AtLeast("100ms")
    Duration retryInterval();
}
