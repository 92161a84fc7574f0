package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.octaveserver.ops.web.edge.RequestPath;

/**
 * Finds the route of each request, once: has handlers answer theirs, and marks those for files, which Jersey serves
 * ({@link FileFilter}). Before the filter that takes calls. Thread-safe.
 */
public final class RouteFilter extends HttpFilter {
    private static final String ROUTED = "org.octaveserver.ops.routed";

    private final transient RequestRouter router;
    private final transient HandlerCalls handlers;

    public RouteFilter(RequestRouter router, HandlerCalls handlers) {
        this.router = router;
        this.handlers = handlers;
    }

    /** Whether a request was routed to a file, and so is no call although it may look like one. */
    public static boolean isRouted(HttpServletRequest request) {
        return file(request).isPresent();
    }

    /** The file that a request was routed to. */
    static Optional<Routed.ToFile> file(HttpServletRequest request) {
        return request.getAttribute(ROUTED) instanceof Routed.ToFile file ? Optional.of(file) : Optional.empty();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Routed> routed = router.find(RequestPath.of(request));
        if (routed.orElse(null) instanceof Routed.ToHandler handler) {
            handlers.answer(handler, request, response);
        } else {
            routed.ifPresent(file -> request.setAttribute(ROUTED, file));
            chain.doFilter(request, response);
        }
    }
}
