package org.octaveserver.ops.web.mps;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of discovery. */
@ConfigMapping(prefix = "ops.discovery")
public interface DiscoverySettings {
    /** Whether /api/discovery tells those who may call functions which ones there are. */
    @WithDefault("true")
    boolean enabled();
}
