package org.octaveserver.ops.web.edge;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Optional;
import java.util.UUID;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.security.Principal;

/** Gives each request an id, which its response bears too. Before everything else. Thread-safe. */
@Priority(0)
public final class RequestIds implements ContainerRequestFilter, ContainerResponseFilter {
    /** The header of the response. */
    static final String HEADER = "OPS-Request-Id";

    private static final String PROPERTY = "org.octaveserver.ops.requestId";

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, UUID.randomUUID().toString());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PROPERTY) instanceof String id) {
            response.getHeaders().putSingle(HEADER, id);
        }
    }

    /** Where a call comes from that a request makes. */
    public static CallOrigin origin(ContainerRequestContext request) {
        Principal principal = AccessFilter.principal(request);
        return new CallOrigin(
                request.getProperty(PROPERTY) instanceof String id
                        ? id
                        : UUID.randomUUID().toString(),
                principal.equals(Principal.ANONYMOUS) ? Optional.empty() : Optional.of(principal.name()));
    }
}
