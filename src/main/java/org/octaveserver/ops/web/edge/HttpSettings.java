package org.octaveserver.ops.web.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.AtMost;
import org.octaveserver.ops.settings.DataSize;

/** Settings of HTTP. Host and port count only when the server runs by itself; in a container they are the container's. */
@ConfigMapping(prefix = "ops.http")
public interface HttpSettings {
    /** The address to listen on. Anything but a loopback address lets others in: calls then need the token. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to listen on; 0 takes any free one. The address is written to $OPS_HOME/run/endpoint. */
    @WithDefault("9910")
    @AtLeast("0")
    @AtMost("65535")
    int port();

    /** The largest body of a call, or of a request to a web handler. */
    @WithDefault("64MB")
    @AtLeast("1KB")
    @AtMost("2047MB")
    DataSize maxRequestSize();

    /**
     * How much memory the bodies of calls may take that wait or run; more are refused with 503. Default: a quarter of the
     * heap (JVM option -Xmx).
     */
    @AtLeast("1KB")
    Optional<DataSize> maxHeld();

    /** How many clients may watch jobs at once: event streams, and requests that wait for a job (wait=30s). */
    @WithDefault("1000")
    @AtLeast("1")
    int maxWatches();

    /**
     * After how long without news a client that watches the events of a job is sent a comment, so that proxies keep the
     * connection. One that has taken nothing for twice as long is told no more.
     */
    @WithDefault("15s")
    @AtLeast("1s")
    Duration eventHeartbeat();

    /** A routes file for the whole server, absolute or relative to $OPS_HOME/conf. Default: none. */
    Optional<String> routesFile();

    /** The origins whose web pages may use the server: scheme://host or scheme://host:port, or * for all. Default: none. */
    Optional<List<String>> corsAllowedOrigins();
}
