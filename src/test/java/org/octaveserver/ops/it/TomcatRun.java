package org.octaveserver.ops.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * An embedded Tomcat with one web application at the root context. Loaded by a class loader of its own, which holds
 * Tomcat and nothing of OPS or its libraries, as in a real container; so its callers know it as JDK types only.
 */
public final class TomcatRun implements IntSupplier, AutoCloseable {
    private final Tomcat tomcat = new Tomcat();

    /**
     * Starts it on any free port.
     *
     * @param base Tomcat's own directory
     * @param war a file or a directory
     * @param parameters context parameters
     */
    public TomcatRun(Path base, Path war, Map<String, String> parameters) throws Exception {
        Files.createDirectories(base.resolve("webapps"));
        // Tomcat remembers the directory of the first one for the whole process, and makes it again for each one.
        System.clearProperty("catalina.home");
        tomcat.setBaseDir(base.toString());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        tomcat.getHost().setAutoDeploy(false);
        Context context = tomcat.addWebapp("", war.toAbsolutePath().toString());
        context.setParentClassLoader(TomcatRun.class.getClassLoader());
        parameters.forEach(context::addParameter);
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the web application did not start; see the log above");
        }
    }

    /** The port. */
    @Override
    public int getAsInt() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
