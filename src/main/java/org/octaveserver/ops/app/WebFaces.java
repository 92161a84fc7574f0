package org.octaveserver.ops.app;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.async.AsyncContextDelegateProviderImpl;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegateProvider;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.AccessFilter;
import org.octaveserver.ops.web.edge.FailureMapper;
import org.octaveserver.ops.web.edge.RequestIds;
import org.octaveserver.ops.web.manage.Problems;
import org.octaveserver.ops.web.manage.QueryFilter;
import org.octaveserver.ops.web.mps.MpsErrors;

/** Collects resources for Jersey. Each is one object made by the composition root: Jersey makes none, and looks for none. */
final class WebFaces {
    /** Kept, or the level set below is forgotten with the logger. */
    private static final Logger JERSEY_PROVIDERS = Logger.getLogger("org.glassfish.jersey.internal.inject.Providers");

    private final ResourceConfig config = new ResourceConfig();

    WebFaces(AccessCheck access) {
        // Jersey warns of every resource that is an object and not a class, and serves it all the same.
        JERSEY_PROVIDERS.setLevel(Level.SEVERE);
        config.property(ServerProperties.WADL_FEATURE_DISABLE, true)
                .property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true)
                .property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                // Else an answer without a body is handed to the container, which writes a page of its own.
                .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true)
                // What a handler answers as Location goes out as it is.
                .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true)
                // Found by no look into jars, see above.
                .register(new AbstractBinder() {
                    @Override
                    protected void configure() {
                        bind(new AsyncContextDelegateProviderImpl()).to(AsyncContextDelegateProvider.class);
                    }
                })
                .register(JacksonFeature.withoutExceptionMappers())
                .register(new RequestIds())
                .register(new AccessFilter(access))
                .register(new QueryFilter())
                .register(new FailureMapper(List.of(new Problems(), new MpsErrors())));
    }

    WebFaces with(Object resource) {
        config.register(resource);
        return this;
    }

    ResourceConfig build() {
        return config;
    }
}
