package org.octaveserver.ops.web.mps;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the archive management API, the one that MATLAB Production Server has. */
@ConfigMapping(prefix = "ops.archives")
public interface ArchiveSettings {
    /** Whether /api/archives is served; those who may manage deploy through it as through /api/v1/bundles. */
    @WithDefault("true")
    boolean enabled();
}
