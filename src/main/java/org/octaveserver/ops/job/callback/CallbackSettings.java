package org.octaveserver.ops.job.callback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.settings.AtLeast;

/** Settings of callbacks: requests by which the server tells others what has become of jobs. */
@ConfigMapping(prefix = "ops.callbacks")
public interface CallbackSettings {
    /**
     * Where callbacks may go, separated by commas: names (hooks.example.org, *.example.org), addresses and ranges (10.1.0.0/16,
     * fd00::/8); * is every name with public addresses only. A name that stands here may have any address. none turns callbacks
     * off. Default: *, so that nobody reaches through this server what only this server reaches.
     */
    Optional<List<String>> allowed();

    /**
     * The secret by which receivers know that a callback comes from here (HMAC-SHA256). Nodes that share a database share it.
     * Default: that of conf/callback-secret in OPS_HOME, which is made at the first start.
     */
    Optional<String> secret();

    /** How long a receiver may take to answer. */
    @WithDefault("10s")
    @AtLeast("100ms")
    Duration timeout();

    /** How long a callback is tried again that its receiver does not answer with 2xx, with growing pauses. */
    @WithDefault("24h")
    @AtLeast("0s")
    Duration giveUpAfter();

    /** The pause after the first try; it doubles with each other one, up to an hour. */
    @WithDefault("5s")
    @AtLeast("10ms")
    Duration firstPause();
}
