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
 * Sends requests that were routed to a file to {@link RoutedResource}, before Jersey looks at path, method and media types:
 * there all of them are allowed. The resource reads the request as it came; only Jersey sees the changes. Thread-safe.
 */
@PreMatching
public final class FileFilter implements ContainerRequestFilter {
    @Context
    private @Nullable HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        if (request != null && RouteFilter.isRouted(request)) {
            context.setMethod(HttpMethod.POST);
            context.setRequestUri(context.getUriInfo().getBaseUri().resolve(RoutedResource.PATH));
            context.getHeaders().remove(HttpHeaders.ACCEPT);
            context.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
    }
}
