package org.octaveserver.ops.web.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Tells browsers which pages of other origins may use this server (Fetch standard, "CORS protocol"): answers their
 * preflight requests before anything else sees them, and marks all other responses, those of failures too. Around
 * everything else. Thread-safe.
 */
public final class CorsFilter extends HttpFilter {
    private static final String PREFLIGHT = "Access-Control-Request-Method";
    private static final String METHODS = "GET, POST, PUT, DELETE, OPTIONS";
    private static final String HEADERS =
            "Content-Type, Authorization, OPS-Isolation, OPS-Figures, Priority, Idempotency-Key, Last-Event-ID";
    private static final String SECONDS_KEPT = "600";

    private final transient CorsPolicy policy;

    public CorsFilter(CorsPolicy policy) {
        this.policy = policy;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<String> origins = Collections.list(request.getHeaders(RequestOrigin.ORIGIN));
        boolean allowed = origins.size() == 1 && policy.allows(origins.get(0));
        String told = allowed ? (policy.allowsAll() ? "*" : origins.get(0)) : "";
        CorsResponse marked = new CorsResponse(response, told);
        if (allowed && "OPTIONS".equals(request.getMethod()) && request.getHeader(PREFLIGHT) != null) {
            response.setHeader("Access-Control-Allow-Methods", METHODS);
            response.setHeader("Access-Control-Allow-Headers", HEADERS);
            response.setHeader("Access-Control-Max-Age", SECONDS_KEPT);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            chain.doFilter(request, marked);
        }
    }
}
