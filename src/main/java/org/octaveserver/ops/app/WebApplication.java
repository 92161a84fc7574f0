package org.octaveserver.ops.app;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import org.glassfish.jersey.servlet.ServletContainer;

/** Puts Jersey into a servlet context, for every path. */
final class WebApplication {
    private WebApplication() {}

    static void addTo(ServletContext context, OpsServer server) {
        ServletRegistration.Dynamic servlet = context.addServlet("ops", new ServletContainer(server.web()));
        servlet.addMapping("/*");
        servlet.setLoadOnStartup(1);
        servlet.setAsyncSupported(true);
    }
}
