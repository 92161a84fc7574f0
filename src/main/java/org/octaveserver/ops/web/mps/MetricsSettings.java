package org.octaveserver.ops.web.mps;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the metrics in the form of MATLAB Production Server. */
@ConfigMapping(prefix = "ops.metrics")
public interface MetricsSettings {
    /** Whether /api/metrics is served, to whoever may call functions. */
    @WithDefault("true")
    boolean enabled();
}
