package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.web.edge.Needs;
import org.octaveserver.ops.web.edge.RequestIds;

/**
 * Where {@link RouteFilter} sends requests; by its own path there is nothing here. A resource like any other, so that
 * access is judged and failures are told as everywhere. Thread-safe.
 */
@Path(RoutedResource.PATH)
@Needs(Access.CALL)
public final class RoutedResource {
    static final String PATH = "~routed";
    static final String ROUTED = "org.octaveserver.ops.routed";

    private final HandlerCalls handlers;
    private final StaticFiles files = new StaticFiles();

    public RoutedResource(HandlerCalls handlers) {
        this.handlers = handlers;
    }

    /** Has the request answered by what it was routed to. */
    @POST
    public CompletionStage<Response> answer(@Context HttpServletRequest http, @Context ContainerRequestContext context)
            throws IOException {
        if (http.getAttribute(ROUTED) instanceof Routed.ToHandler handler) {
            return handlers.answer(handler.target().get(), http, RequestIds.origin(context, http));
        }
        if (http.getAttribute(ROUTED) instanceof Routed.ToFile file) {
            return CompletableFuture.completedFuture(files.answer(file, http));
        }
        throw new NotFoundException();
    }

    /** The path as the container has decoded and normalised it, without parameters. */
    static String path(HttpServletRequest http) {
        return http.getServletPath() + Optional.ofNullable(http.getPathInfo()).orElse("");
    }
}
