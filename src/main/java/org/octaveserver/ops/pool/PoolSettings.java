package org.octaveserver.ops.pool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;
import org.octaveserver.ops.settings.AtLeast;

/** Settings of the workers of this node. */
@ConfigMapping(prefix = "ops.pool")
public interface PoolSettings {
    /** How many workers this node runs at most. Default: the number of processors, at least 4. */
    @AtLeast("1")
    OptionalInt maxWorkers();

    /** How many workers each deployed bundle has even when nobody calls it, as far as the limit of all allows. */
    @WithDefault("1")
    @AtLeast("0")
    int minIdle();

    /** How many workers may be starting at once. */
    @WithDefault("2")
    @AtLeast("1")
    int maxStarting();

    /**
     * How long a call may wait for a bundle that has no worker, while all workers are busy with other bundles, before
     * one of them makes room.
     */
    @WithDefault("250ms")
    @AtLeast("0s")
    Duration giveWayAfter();

    /** How long running calls may take to end when the server stops, before their workers are killed. */
    @WithDefault("10s")
    @AtLeast("0s")
    Duration drainTimeout();
}
