package org.octaveserver.ops.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.jul.Log4jBridgeHandler;
import org.octaveserver.ops.settings.SettingsException;
import org.octaveserver.ops.web.edge.HttpSettings;

/**
 * {@code java -jar ops.war start}: OPS on a Tomcat of its own, in the foreground. Writes its address to
 * {@code run/endpoint} and its process id to {@code run/server.pid} once it answers, and removes both at its end.
 */
public final class StandaloneServer {
    private static final Logger LOG = LogManager.getLogger(StandaloneServer.class);
    private static final int FAILED = 1;

    private final OpsHome home;
    private final OpsServer server;
    private final Tomcat tomcat;

    private StandaloneServer(OpsHome home, OpsServer server) {
        this.home = home;
        this.server = server;
        this.tomcat = tomcat(home, server);
    }

    /** Runs until the process is told to end; the exit status is 1 when the start failed. */
    public static void main(String[] arguments) throws InterruptedException {
        // Tomcat and Jersey log through java.util.logging; in a container that is the container's business.
        Log4jBridgeHandler.install(true, "", false);
        OpsHome home = OpsHome.locate(
                Optional.ofNullable(System.getProperty("ops.home")),
                System.getenv(),
                System.getProperty("user.home", "/"));
        Path octaveCode = Path.of(System.getProperty("ops.webinf", "WEB-INF"), "octave", "worker");
        try {
            OpsServer server = OpsServer.create(home, octaveCode, System.getenv(), Map.of());
            StandaloneServer standalone = new StandaloneServer(home, server);
            Runtime.getRuntime().addShutdownHook(new Thread(standalone::stop, "ops-stop"));
            standalone.start();
        } catch (SettingsException e) {
            System.err.println("ops: " + e.getMessage());
            System.exit(FAILED);
        } catch (RuntimeException | LifecycleException | IOException e) {
            LOG.error("OPS could not start", e);
            System.err.println("ops: could not start: " + e.getMessage());
            System.exit(FAILED);
        }
        new CountDownLatch(1).await();
    }

    private static Tomcat tomcat(OpsHome home, OpsServer server) {
        HttpSettings http = server.settings(HttpSettings.class);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(home.run().resolve("tomcat").toString());
        Connector connector = new Connector();
        connector.setPort(http.port());
        connector.setProperty("address", http.host());
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            // A refused upload is answered and its connection closed, rather than read to its end.
            protocol.setMaxSwallowSize((int) http.maxRequestSize().bytes());
        }
        // Jersey reads bodies itself: a form is as wrong for a call as any other type.
        connector.setMaxPostSize(0);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        context.setParentClassLoader(StandaloneServer.class.getClassLoader());
        context.addServletContainerInitializer((classes, servlets) -> WebApplication.addTo(servlets, server), Set.of());
        return tomcat;
    }

    private void start() throws LifecycleException, IOException {
        server.start();
        tomcat.start();
        if (!tomcat.getConnector().getState().isAvailable()) {
            throw new IOException("the port could not be opened (settings ops.http.host and ops.http.port)");
        }
        String host = server.settings(HttpSettings.class).host();
        String address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + tomcat.getConnector().getLocalPort();
        write("server.pid", Long.toString(ManagementFactory.getRuntimeMXBean().getPid()));
        write("endpoint", address);
        LOG.info("OPS answers at {}", address);
    }

    /** Renamed whole, so that whoever waits for the file never reads half of it. */
    private void write(String name, String text) throws IOException {
        Path fresh = home.run().resolve(name + ".new");
        Files.writeString(fresh, text + "\n");
        Files.move(fresh, home.run().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void stop() {
        try {
            Files.deleteIfExists(home.run().resolve("endpoint"));
            tomcat.stop();
            server.stop();
            tomcat.destroy();
            Files.deleteIfExists(home.run().resolve("server.pid"));
            LOG.info("OPS has stopped");
        } catch (LifecycleException | IOException e) {
            LOG.error("OPS did not stop cleanly", e);
        } finally {
            LogManager.shutdown();
        }
    }
}
