package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that have a route to {@link RoutedResource}, before Jersey looks at path, method and media types:
 * there all of them are allowed. The resource reads the request as it came; only Jersey sees the changes. Thread-safe.
 */
@PreMatching
public final class RouteFilter implements ContainerRequestFilter {
    private final RequestRouter router;

    @Context
    private @Nullable HttpServletRequest request;

    public RouteFilter(RequestRouter router) {
        this.router = router;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        router.find(path()).ifPresent(routed -> {
            context.setProperty(RoutedResource.ROUTED, routed);
            context.setMethod(HttpMethod.POST);
            context.setRequestUri(context.getUriInfo().getBaseUri().resolve(RoutedResource.PATH));
            context.getHeaders().remove(HttpHeaders.ACCEPT);
            context.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        });
    }

    private String path() {
        return request == null ? "" : RoutedResource.path(request);
    }
}
