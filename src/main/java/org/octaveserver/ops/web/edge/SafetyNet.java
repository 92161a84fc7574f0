package org.octaveserver.ops.web.edge;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Catches what Jersey itself throws, so that no container shows it with a stack and its version. Failures of resources
 * do not come this far: {@link FailureMapper} renders them. Thread-safe.
 */
public final class SafetyNet implements Filter {
    private static final Logger LOG = LogManager.getLogger(SafetyNet.class);

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            String id = UUID.randomUUID().toString();
            LOG.error("error={} the HTTP layer failed", id, e);
            if (!response.isCommitted() && response instanceof HttpServletResponse http) {
                http.reset();
                http.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                http.setContentType(BareError.TYPE);
                http.getOutputStream()
                        .write(BareError.body(http.getStatus(), id).getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
