package org.octaveserver.ops.pool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.DataSize;

/** Settings of the workers of this node. */
@ConfigMapping(prefix = "ops.pool")
public interface PoolSettings {
    /** How many workers this node runs at most. Default: the number of processors, at least 4. */
    @AtLeast("1")
    OptionalInt maxWorkers();

    /**
     * How many workers each deployed bundle has even when nobody calls it, as far as the limit of all allows. With 0 the
     * first call of a bundle starts its first worker; a new version of a bundle that is in use has one before it is switched
     * to all the same.
     */
    @WithDefault("0")
    @AtLeast("0")
    int minIdle();

    /** How many workers may be starting at once. */
    @WithDefault("2")
    @AtLeast("1")
    int maxStarting();

    /** How long a worker may wait for a call before it ends, those of min-idle excepted. */
    @WithDefault("10m")
    @AtLeast("100ms")
    Duration idleTimeout();

    /** How many calls one worker answers before another one takes its place; 0 for any number. */
    @WithDefault("100000")
    @AtLeast("0")
    int maxCalls();

    /**
     * How long a worker lives at most before another one takes its place, after its call; 0s for ever. Each one lives a part
     * of it, by chance between 80 % and all, so that they do not end together.
     */
    @WithDefault("12h")
    @AtLeast("0s")
    Duration maxAge();

    /**
     * How much memory a worker may occupy after a call before another one takes its place; 0B for any amount. A call may use
     * more while it runs.
     */
    @WithDefault("2GB")
    @AtLeast("0B")
    DataSize maxResident();

    /**
     * How long a call may wait for a bundle that has no worker, while all workers are busy with other bundles, before
     * one of them makes room. A worker serves its bundle at least as long before it does, unless nobody calls it.
     */
    @WithDefault("250ms")
    @AtLeast("0s")
    Duration giveWayAfter();

    /** How long running calls may take to end when the server stops, before their workers are killed. */
    @WithDefault("10s")
    @AtLeast("0s")
    Duration drainTimeout();
}
