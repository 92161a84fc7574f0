package org.octaveserver.ops.web.mps.requests;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.octaveserver.ops.web.edge.RequestPath;

/** Takes what is under {@code /~} before Jersey sees it: some of it is answered later, and clients ask often. Thread-safe. */
public final class RequestsFilter extends HttpFilter {
    private final transient RequestsEndpoint requests;

    public RequestsFilter(RequestsEndpoint requests) {
        this.requests = requests;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (RequestPath.of(request).startsWith(RequestsPath.PREFIX)) {
            requests.answer(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
