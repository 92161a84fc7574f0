package org.octaveserver.ops.web.edge;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.AnnotatedElement;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.security.Principal;

/**
 * Asks the access policy before a resource sees a request. It judges by the resource that was matched, not by the path:
 * a path can be spelt in more ways than a prefix test foresees.
 */
public final class AccessFilter implements ContainerRequestFilter {
    private static final String PRINCIPAL = "org.octaveserver.ops.principal";

    private final AccessCheck check;

    @Context
    private @Nullable HttpServletRequest request;

    @Context
    private @Nullable ResourceInfo resource;

    public AccessFilter(AccessCheck check) {
        this.check = check;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        Principal principal = check.authorize(wanted(), requireNonNull(request, "a request is served"));
        context.setProperty(PRINCIPAL, principal);
    }

    /** Who sent the request. */
    public static Principal principal(ContainerRequestContext context) {
        return context.getProperty(PRINCIPAL) instanceof Principal principal ? principal : Principal.ANONYMOUS;
    }

    private Access wanted() {
        if (resource == null) {
            return Access.MANAGE;
        }
        return Stream.<@Nullable AnnotatedElement>of(resource.getResourceMethod(), resource.getResourceClass())
                .filter(Objects::nonNull)
                .map(matched -> matched.getAnnotation(Needs.class))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Needs::value)
                .orElse(Access.MANAGE);
    }
}
