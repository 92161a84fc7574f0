package org.octaveserver.ops.app;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.glassfish.jersey.server.ResourceConfig;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.web.edge.HttpSettings;

/** A web server on a free port. */
final class Servers implements AutoCloseable {
    private final WebServer server;

    /** Settings of HTTP. */
    record Http(String host, int port, DataSize maxRequestSize) implements HttpSettings {
        static Http on(String host) {
            return new Http(host, 0, DataSize.parse("1MB"));
        }
    }

    Servers(Path directory, String host, ResourceConfig web) {
        server = new WebServer(directory, Http.on(host), context -> WebApplication.addTo(context, web));
        try {
            server.start();
        } catch (LifecycleException | IOException e) {
            throw new AssertionError(e);
        }
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
