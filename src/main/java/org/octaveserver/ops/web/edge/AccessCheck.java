package org.octaveserver.ops.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.security.AccessPolicy;
import org.octaveserver.ops.security.Caller;
import org.octaveserver.ops.security.Principal;

/** Asks the access policy about a request, with what the request shows of its sender. Thread-safe. */
public final class AccessCheck {
    private static final String BEARER = "bearer ";
    /** What proxies add; also every name that begins with {@code X-Forwarded-}. */
    private static final Set<String> FORWARDING_HEADERS = Set.of("forwarded", "via", "x-real-ip");

    private static final String FORWARDING_PREFIX = "x-forwarded-";

    /** What clients speak. A proxy that adds no header at all speaks HTTP/1.0 to us, unless told otherwise: nginx does. */
    private static final Set<String> DIRECT_PROTOCOLS = Set.of("HTTP/1.1", "HTTP/2.0", "HTTP/3.0");

    private final AccessPolicy policy;
    private final CorsPolicy cors;

    public AccessCheck(AccessPolicy policy, CorsPolicy cors) {
        this.policy = policy;
        this.cors = cors;
    }

    /**
     * Lets a request pass or refuses it.
     *
     * @throws org.octaveserver.ops.error.OpsException UNAUTHENTICATED, saying what is needed
     */
    public Principal authorize(Access wanted, HttpServletRequest request) {
        return policy.authorize(wanted, caller(request));
    }

    private Caller caller(HttpServletRequest request) {
        boolean direct = DIRECT_PROTOCOLS.contains(request.getProtocol());
        boolean forwarded = !direct || tellsOfAProxy(request.getHeaderNames());
        return new Caller(
                isLoopback(request.getRemoteAddr()),
                forwarded,
                RequestOrigin.isForeign(request, cors),
                Optional.ofNullable(request.getServerName()).orElse(""),
                bearerToken(request));
    }

    private static boolean tellsOfAProxy(Enumeration<String> headers) {
        while (headers.hasMoreElements()) {
            String name = headers.nextElement().toLowerCase(Locale.ROOT);
            if (name.startsWith(FORWARDING_PREFIX) || FORWARDING_HEADERS.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> bearerToken(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
            return Optional.empty();
        }
        String value = String.join(",", Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)));
        return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(value.substring(BEARER.length()).strip())
                : Optional.empty();
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
