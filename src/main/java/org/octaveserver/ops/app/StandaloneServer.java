package org.octaveserver.ops.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.LifecycleException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.jul.Log4jBridgeHandler;
import org.octaveserver.ops.bundle.DeploymentObserver;
import org.octaveserver.ops.settings.SettingsException;
import org.octaveserver.ops.web.edge.HttpSettings;

/**
 * {@code java -jar ops.war start}: OPS on a Tomcat of its own, in the foreground. Writes its process id to
 * {@code run/server.pid} at once and its address to {@code run/endpoint} when it answers, and removes both at its end.
 */
public final class StandaloneServer {
    private static final Logger LOG = LogManager.getLogger(StandaloneServer.class);
    private static final int FAILED = 1;

    private final OpsHome home;
    private final OpsServer server;
    private final WebServer web;
    /** Whether the files in {@code run} are this server's: one that is refused must leave those of the other. */
    private volatile boolean announced;

    private StandaloneServer(OpsHome home, OpsServer server) {
        this.home = home;
        this.server = server;
        this.web = new WebServer(
                home.run().resolve("tomcat"),
                server.settings(HttpSettings.class),
                context -> WebApplication.addTo(context, server.web()));
    }

    /** Runs until the process is told to end; the exit status is 1 when the start failed. */
    public static void main(String[] arguments) throws InterruptedException {
        run(DeploymentObserver.NONE);
    }

    /**
     * The same.
     *
     * @param observer is told how far deployments come
     */
    static void run(DeploymentObserver observer) throws InterruptedException {
        // Tomcat and Jersey log through java.util.logging; in a container that is the container's business.
        Log4jBridgeHandler.install(true, "", false);
        OpsHome home = OpsHome.locate(Optional.empty(), System.getenv(), System.getProperties());
        Path octaveCode = Path.of(System.getProperty("ops.webinf", "WEB-INF"), "octave");
        try {
            OpsServer server = OpsServer.create(home, octaveCode, System.getenv(), Map.of(), observer);
            StandaloneServer standalone = new StandaloneServer(home, server);
            Runtime.getRuntime().addShutdownHook(new Thread(standalone::stop, "ops-stop"));
            standalone.start();
        } catch (SettingsException e) {
            System.err.println("ops: " + e.getMessage());
            System.exit(FAILED);
        } catch (RuntimeException | LifecycleException | IOException e) {
            LOG.debug("OPS could not start", e);
            System.err.println("ops: could not start: " + e.getMessage());
            System.exit(FAILED);
        }
        new CountDownLatch(1).await();
    }

    private void start() throws LifecycleException, IOException {
        server.start();
        // From here on the home is locked: the files are this server's, and it can be told to stop.
        announced = true;
        write("server.pid", Long.toString(ManagementFactory.getRuntimeMXBean().getPid()));
        web.start();
        write("endpoint", web.address());
        LOG.info("OPS answers at {}", web.address());
    }

    /** Renamed whole, so that whoever waits for the file never reads half of it. */
    private void write(String name, String text) throws IOException {
        Path fresh = home.run().resolve(name + ".new");
        Files.writeString(fresh, text + "\n");
        Files.move(fresh, home.run().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private void stop() {
        try {
            if (announced) {
                Files.deleteIfExists(home.run().resolve("endpoint"));
            }
            // Calls hold no thread that Tomcat would wait for: they end first, as long as their answers can be sent.
            web.pause();
            server.stop();
            web.stop();
            if (announced) {
                Files.deleteIfExists(home.run().resolve("server.pid"));
            }
            LOG.info("OPS has stopped");
        } catch (LifecycleException | IOException e) {
            LOG.error("OPS did not stop cleanly", e);
        } finally {
            LogManager.shutdown();
        }
    }
}
