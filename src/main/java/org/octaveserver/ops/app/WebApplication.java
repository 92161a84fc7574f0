package org.octaveserver.ops.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.octaveserver.ops.web.edge.SafetyNet;

/** Puts Jersey into a servlet context, for every path, and around it what catches where Jersey gives up. */
final class WebApplication {
    private WebApplication() {}

    static void addTo(ServletContext context, ResourceConfig web) {
        FilterRegistration.Dynamic net = context.addFilter("safety-net", new SafetyNet());
        net.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        net.setAsyncSupported(true);
        ServletRegistration.Dynamic servlet = context.addServlet("ops", new ServletContainer(web));
        servlet.addMapping("/*");
        servlet.setLoadOnStartup(1);
        servlet.setAsyncSupported(true);
    }
}
