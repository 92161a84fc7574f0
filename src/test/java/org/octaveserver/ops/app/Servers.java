package org.octaveserver.ops.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.LifecycleException;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.web.edge.HttpSettings;

/** A web server on a free port. */
final class Servers implements AutoCloseable {
    private final WebServer server;

    /** Settings of HTTP. */
    record Http(String host, int port, DataSize maxRequestSize) implements HttpSettings {
        @Override
        public Optional<DataSize> maxHeld() {
            return Optional.empty();
        }

        @Override
        public int maxWatches() {
            return 3;
        }

        @Override
        public Duration eventHeartbeat() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Optional<String> routesFile() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> corsAllowedOrigins() {
            return Optional.empty();
        }

        static Http on(String host) {
            return new Http(host, 0, DataSize.parse("1MB"));
        }
    }

    /** The server of these parts. */
    Servers(Path directory, String host, OpsServer ops) {
        this(directory, host, ops.web());
    }

    Servers(Path directory, String host, WebApplication.Web web) {
        forgetTheFirst();
        server = new WebServer(directory, Http.on(host), context -> WebApplication.addTo(context, web));
        try {
            server.start();
        } catch (LifecycleException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Tomcat remembers the directory of the first one for the whole process, and makes it again for each one. */
    static void forgetTheFirst() {
        System.clearProperty("catalina.home");
    }

    String address() {
        return server.address();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (LifecycleException e) {
            throw new AssertionError(e);
        }
    }
}
