package org.octaveserver.ops.pool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the workers of this node. */
@ConfigMapping(prefix = "ops.pool")
public interface PoolSettings {
    /** How many workers this node runs at most. Default: the number of processors, at least 4. */
    OptionalInt maxWorkers();

    /** How many workers each deployed bundle has even when nobody calls it, as far as the limit of all allows. */
    @WithDefault("1")
    int minIdle();

    /** How many workers may be starting at once. */
    @WithDefault("2")
    int maxStarting();

    /**
     * How long a call may wait for a bundle that has no worker, while all workers are busy with other bundles, before
     * one of them makes room.
     */
    @WithDefault("250ms")
    Duration giveWayAfter();

    /** How long running calls may take to end when the server stops, before their workers are killed. */
    @WithDefault("10s")
    Duration drainTimeout();
}
