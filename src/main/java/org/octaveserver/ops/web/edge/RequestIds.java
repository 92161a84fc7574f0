package org.octaveserver.ops.web.edge;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.security.Principal;

/** Gives each request an id, which its response bears too. Before everything else. Thread-safe. */
@Priority(0)
public final class RequestIds implements ContainerRequestFilter, ContainerResponseFilter {
    /** The header of the response. */
    public static final String HEADER = "OPS-Request-Id";

    /** A random UUID (RFC 9562, version 4). */
    private static final long VERSION = 0x4000L;

    private static final long VERSION_MASK = ~0xF000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    private static final String PROPERTY = "org.octaveserver.ops.requestId";

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, next());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) instanceof String id) {
            response.getHeaders().putSingle(HEADER, id);
        }
    }

    /** An id unlike any other: nobody has to be unable to guess it. */
    public static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID((random.nextLong() & VERSION_MASK) | VERSION, (random.nextLong() & VARIANT_MASK) | VARIANT)
                .toString();
    }

    /**
     * Where a call comes from that a request makes.
     *
     * @param http the same request
     */
    public static CallOrigin origin(ContainerRequestContext request, HttpServletRequest http) {
        String id = request.getProperty(PROPERTY) instanceof String given ? given : next();
        return origin(id, AccessFilter.principal(request), http);
    }

    /** The same of a request that no resource serves. */
    public static CallOrigin origin(String id, Principal principal, HttpServletRequest http) {
        return new CallOrigin(
                id,
                principal.equals(Principal.ANONYMOUS) ? Optional.empty() : Optional.of(principal.name()),
                http.getRemoteAddr());
    }
}
