package org.octaveserver.ops.web.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Catches what Jersey itself throws, so that no container shows it with a stack and its version, and says why where
 * Jersey refuses a malformed header with nothing but a status. Failures of resources do not come this far:
 * {@link FailureMapper} renders them. Thread-safe.
 */
public final class SafetyNet extends HttpFilter {
    private static final Logger LOG = LogManager.getLogger(SafetyNet.class);

    /** Knows whether somebody wrote a body, or is about to. */
    private static final class Watched extends HttpServletResponseWrapper {
        private boolean touched;

        Watched(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            touched = true;
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            touched = true;
            return super.getWriter();
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        Watched watched = new Watched(response);
        try {
            chain.doFilter(request, watched);
        } catch (ServletException | RuntimeException e) {
            String id = UUID.randomUUID().toString();
            LOG.error("error={} the HTTP layer failed", id, e);
            int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
            answer(response, status, BareError.body(status, id));
            return;
        }
        if (response.getStatus() == HttpServletResponse.SC_BAD_REQUEST && !watched.touched) {
            answer(response, response.getStatus(), BareError.body(response.getStatus()));
        }
    }

    private static void answer(HttpServletResponse response, int status, String body) throws IOException {
        if (!response.isCommitted()) {
            response.reset();
            response.setStatus(status);
            response.setContentType(BareError.TYPE);
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
