package org.octaveserver.ops.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Map;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.ByName;

/** Settings of the Octave installations that run bundles. */
@ConfigMapping(prefix = "ops.runtime")
public interface RuntimeSettings {
    /** The program that starts the Octave named "default": a name on the path, or a path. */
    @WithDefault("octave-cli")
    String command();

    /**
     * The program that starts another Octave, named as stands in the place of the id; any number of them. A bundle goes to
     * the one that ops.runtime.default names if that satisfies its "octave (>= ..)", else to the newest that does.
     */
    @ByName(
            value = "<id>.command",
            names = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}",
            allowed =
                    "it has letters, digits, \"_\", \"-\" and \".\", begins with none of the last two, and is no longer"
                            + " than 64 characters")
    Map<String, String> commands();

    /** The name of the Octave that bundles get which fit several. */
    @WithName("default")
    @WithDefault("default")
    String defaultId();

    /** How long Octave may take to tell its version. */
    @WithDefault("30s")
    @AtLeast("1s")
    Duration probeTimeout();

    /** How often an installation that was not there is looked for again. */
    @WithDefault("10s")
    @AtLeast("100ms")
    Duration retryInterval();

    /**
     * How often is looked whether an installation was changed: its program, or its list of packages. Where the command is a
     * script that runs Octave elsewhere, in a container say, touch the script after a change there.
     */
    @WithDefault("1m")
    @AtLeast("100ms")
    Duration probeInterval();
}
