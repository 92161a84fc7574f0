package org.octaveserver.ops.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of who may do what. */
@ConfigMapping(prefix = "ops.security")
public interface SecuritySettings {
    /** Whether programs on this machine may call functions without credentials. Managing always needs the token. */
    @WithDefault("true")
    boolean anonymousLoopback();
}
