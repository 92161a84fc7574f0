package org.octaveserver.ops.settings;

import io.smallrye.config.SmallRyeConfig;

/** Settings that were loaded and checked. Immutable. */
public final class Settings {
    private final SmallRyeConfig config;

    Settings(SmallRyeConfig config) {
        this.config = config;
    }

    /** One feature's settings. */
    public <T> T of(Class<T> mapping) {
        return config.getConfigMapping(mapping);
    }
}
