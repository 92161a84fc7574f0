package org.octaveserver.ops.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.security.AccessPolicy;
import org.octaveserver.ops.security.Caller;
import org.octaveserver.ops.security.Principal;

/**
 * Asks the access policy before a resource sees a request. It judges by the resource that was matched, not by the path:
 * a path can be spelt in more ways than a prefix test foresees.
 */
public final class AccessFilter implements ContainerRequestFilter {
    /** Where later code finds the {@link Principal}. */
    public static final String PRINCIPAL = "org.octaveserver.ops.principal";

    private static final String BEARER = "bearer ";
    private static final List<String> FORWARDING_HEADERS = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Port",
            "X-Real-IP",
            "Via");

    private final AccessPolicy policy;

    @Context
    private @Nullable HttpServletRequest request;

    @Context
    private @Nullable ResourceInfo resource;

    public AccessFilter(AccessPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        Principal principal = policy.authorize(wanted(), caller(context));
        context.setProperty(PRINCIPAL, principal);
    }

    private Access wanted() {
        Class<?> matched = resource == null ? null : resource.getResourceClass();
        Needs needs = matched == null ? null : matched.getAnnotation(Needs.class);
        return needs == null ? Access.MANAGE : needs.value();
    }

    private Caller caller(ContainerRequestContext context) {
        boolean forwarded = FORWARDING_HEADERS.stream().anyMatch(name -> context.getHeaderString(name) != null);
        String host = request == null
                ? ""
                : Optional.ofNullable(request.getServerName()).orElse("");
        boolean loopback = request != null && isLoopback(request.getRemoteAddr());
        return new Caller(loopback, forwarded, host, bearerToken(context));
    }

    private static Optional<String> bearerToken(ContainerRequestContext context) {
        return Optional.ofNullable(context.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static boolean isLoopback(String address) {
        try {
            // An address as the connection has it, never a name: nothing is looked up.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
