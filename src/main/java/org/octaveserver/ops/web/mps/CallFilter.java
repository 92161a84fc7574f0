package org.octaveserver.ops.web.mps;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes calls before Jersey sees them: matching, scopes and filters there cost more than all the rest of a small call in
 * this process (ADR 26). What has a route is no call. Thread-safe.
 */
public final class CallFilter extends HttpFilter {
    private final transient Predicate<HttpServletRequest> leadsElsewhere;
    private final transient CallEndpoint calls;

    /**
     * Takes all calls.
     *
     * @param leadsElsewhere whether a request that may look like a call is none
     */
    public CallFilter(Predicate<HttpServletRequest> leadsElsewhere, CallEndpoint calls) {
        this.leadsElsewhere = leadsElsewhere;
        this.calls = calls;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<CallPath> path = CallPath.of(request);
        if (path.isEmpty() || leadsElsewhere.test(request)) {
            chain.doFilter(request, response);
        } else {
            calls.answer(request, response, path.get());
        }
    }
}
