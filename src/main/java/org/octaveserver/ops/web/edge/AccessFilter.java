package org.octaveserver.ops.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.AnnotatedElement;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    private static final String PRINCIPAL = "org.octaveserver.ops.principal";

    private static final String BEARER = "bearer ";
    /** What proxies add; also every name that begins with {@code X-Forwarded-}. */
    private static final Set<String> FORWARDING_HEADERS = Set.of("forwarded", "via", "x-real-ip");

    private static final String FORWARDING_PREFIX = "x-forwarded-";

    /** What clients speak. A proxy that adds no header at all speaks HTTP/1.0 to us, unless told otherwise: nginx does. */
    private static final Set<String> DIRECT_PROTOCOLS = Set.of("HTTP/1.1", "HTTP/2.0", "HTTP/3.0");

    private final AccessPolicy policy;
    private final CorsPolicy cors;

    @Context
    private @Nullable HttpServletRequest request;

    @Context
    private @Nullable ResourceInfo resource;

    public AccessFilter(AccessPolicy policy, CorsPolicy cors) {
        this.policy = policy;
        this.cors = cors;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        Principal principal = policy.authorize(wanted(), caller(context));
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

    private Caller caller(ContainerRequestContext context) {
        boolean direct = request != null && DIRECT_PROTOCOLS.contains(request.getProtocol());
        boolean forwarded = !direct || context.getHeaders().keySet().stream().anyMatch(AccessFilter::tellsOfAProxy);
        boolean loopback = request != null && isLoopback(request.getRemoteAddr());
        String host = request == null
                ? ""
                : Optional.ofNullable(request.getServerName()).orElse("");
        boolean foreign = request != null && RequestOrigin.isForeign(request, cors);
        return new Caller(loopback, forwarded, foreign, host, bearerToken(context));
    }

    private static boolean tellsOfAProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith(FORWARDING_PREFIX) || FORWARDING_HEADERS.contains(name);
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
