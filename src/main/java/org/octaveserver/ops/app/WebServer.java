package org.octaveserver.ops.app;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.octaveserver.ops.web.edge.HttpSettings;

/** A Tomcat with one application at its root. Not for concurrent use. */
final class WebServer {
    private static final int MOST_CONNECTIONS = 20_000;
    private static final int BACKLOG = 1000;
    private static final int KEPT_PROCESSORS = 500;
    private static final int READ_BUFFER = 2048;
    private static final int RESPONSE_BUFFER = 2048;
    private static final Duration MOST_SILENCE = Duration.ofSeconds(20);

    private final HttpSettings settings;
    private final Tomcat tomcat = new Tomcat();
    private String host = "";

    /**
     * Sets it up; opens nothing.
     *
     * @param directory for Tomcat's own files
     * @param application puts the application into its context
     */
    WebServer(Path directory, HttpSettings settings, Consumer<ServletContext> application) {
        this.settings = settings;
        // The process has room for one such factory, and nothing here needs Tomcat's.
        TomcatURLStreamHandlerFactory.disable();
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector());
        if (tomcat.getHost() instanceof StandardHost host) {
            host.setErrorReportValveClass(BareErrorReport.class.getName());
        }
        Context context = tomcat.addContext("", null);
        context.setParentClassLoader(WebServer.class.getClassLoader());
        context.addServletContainerInitializer((classes, servlets) -> application.accept(servlets), Set.of());
    }

    private Connector connector() {
        Connector connector = new SmallBuffers();
        connector.setPort(settings.port());
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            // A refused upload is answered and its connection closed, rather than read to its end.
            protocol.setMaxSwallowSize(settings.maxRequestSize().intBytes());
            // A proxy, and a client that makes many calls, keep their connections: the default ends one after 100
            // requests.
            protocol.setMaxKeepAliveRequests(-1);
            // Each call that waits has a connection; the default would take no more than 8192.
            protocol.setMaxConnections(MOST_CONNECTIONS);
            // What comes at once while all that is accepted is busy: the default, 100, is refused by the system in a
            // burst.
            protocol.setAcceptCount(BACKLOG);
            // Of the rest of a head, and of the next request: the default of an embedded Tomcat is a minute.
            protocol.setConnectionTimeout((int) MOST_SILENCE.toMillis());
            // Of every connection: heads are read into a buffer of their own, and bodies past this one.
            protocol.setProperty("socket.appReadBufSize", Integer.toString(READ_BUFFER));
            // Calls that wait keep theirs; what is kept beyond is memory for a crowd that has gone.
            protocol.setProcessorCache(KEPT_PROCESSORS);
        }
        // Jersey reads bodies itself: a form is as wrong for a call as any other type.
        connector.setMaxPostSize(0);
        connector.setThrowOnFailure(true);
        return connector;
    }

    /**
     * Opens the port.
     *
     * @throws IOException when the port cannot be opened, naming the settings to change
     */
    void start() throws LifecycleException, IOException {
        InetAddress address = resolve(settings.host());
        host = urlHost(address);
        if (tomcat.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            protocol.setAddress(address);
        }
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            if (rootCause(e) instanceof BindException cause) {
                throw new IOException(
                        "port " + settings.port() + " of " + settings.host() + " could not be opened: "
                                + cause.getMessage() + " (settings ops.http.host and ops.http.port)",
                        e);
            }
            throw e;
        }
    }

    /** Looked up here: Tomcat takes a name that it cannot find for "all addresses". */
    private static InetAddress resolve(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("the address " + host + " to listen on cannot be found (setting ops.http.host)", e);
        }
    }

    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : rootCause(cause);
    }

    /** Where it answers programs on this machine, such as {@code http://127.0.0.1:9910}; once it is started. */
    String address() {
        return "http://" + host + ":" + tomcat.getConnector().getLocalPort();
    }

    /** As it stands in a URL. "All addresses" is none that a client could name. */
    private static String urlHost(InetAddress address) {
        boolean local = address.isAnyLocalAddress() || address.isLoopbackAddress();
        if (address instanceof Inet6Address) {
            return local ? "[::1]" : "[" + address.getHostAddress() + "]";
        }
        return address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    }

    /** Takes no more connections; what was asked on those that are there is answered. */
    void pause() {
        tomcat.getConnector().pause();
    }

    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** A call that waits holds a response whose buffers, for bytes and for characters, it does not use: its body is whole. */
    private static final class SmallBuffers extends Connector {
        @Override
        public Response createResponse() {
            return new Response(RESPONSE_BUFFER);
        }
    }
}
