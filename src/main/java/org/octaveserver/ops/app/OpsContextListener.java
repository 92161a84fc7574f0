package org.octaveserver.ops.app;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops OPS in a servlet container. Context parameters whose names begin with {@code ops.} are settings;
 * {@code ops.home} is {@code $OPS_HOME}.
 */
public final class OpsContextListener implements ServletContextListener {
    private static final String HOME = "ops.home";

    private @Nullable OpsServer server;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Map<String, String> parameters = parameters(context);
        OpsHome home =
                OpsHome.locate(Optional.ofNullable(parameters.remove(HOME)), System.getenv(), System.getProperties());
        OpsServer created = OpsServer.create(home, OctaveCode.locate(context, home), System.getenv(), parameters);
        created.start();
        server = created;
        WebApplication.addTo(context, created.web());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (server != null) {
            server.stop();
        }
    }

    private static Map<String, String> parameters(ServletContext context) {
        Map<String, String> parameters = new HashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith("ops.")) {
                parameters.put(name, context.getInitParameter(name));
            }
        }
        return parameters;
    }
}
