package org.octaveserver.ops.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.octaveserver.ops.web.edge.CorsFilter;
import org.octaveserver.ops.web.edge.CorsPolicy;
import org.octaveserver.ops.web.edge.SafetyNet;

/** Puts Jersey into a servlet context, for every path, and around it what catches where Jersey gives up. */
final class WebApplication {
    private WebApplication() {}

    /**
     * What is put there.
     *
     * @param resources what Jersey serves
     * @param routes takes requests for web handlers before that
     * @param calls takes calls before Jersey
     * @param jobs take what is asked of jobs before that
     * @param cors whose web pages may use it
     */
    record Web(ResourceConfig resources, Filter routes, Filter calls, List<Filter> jobs, CorsPolicy cors) {}

    static void addTo(ServletContext context, Web web) {
        if (web.cors().isOn()) {
            addFilter(context, "cors", new CorsFilter(web.cors()));
        }
        // Around the safety net, which looks at responses when their requests have returned: those of handlers and
        // calls
        // come later.
        addFilter(context, "routes", web.routes());
        addFilter(context, "calls", web.calls());
        for (Filter filter : web.jobs()) {
            addFilter(context, filter.getClass().getSimpleName(), filter);
        }
        addFilter(context, "safety-net", new SafetyNet());
        ServletRegistration.Dynamic servlet = context.addServlet("ops", new ServletContainer(web.resources()));
        servlet.addMapping("/*");
        servlet.setLoadOnStartup(1);
        servlet.setAsyncSupported(true);
    }

    /** Those that are added first are around the others. */
    private static void addFilter(ServletContext context, String name, Filter filter) {
        FilterRegistration.Dynamic added = context.addFilter(name, filter);
        added.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), true, "/*");
        added.setAsyncSupported(true);
    }
}
