package org.octaveserver.ops.web.edge;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Locale;

/**
 * A response that keeps the headers of CORS whatever happens behind it: they survive a reset, and neither a resource nor
 * user code sets its own beside them, which browsers would refuse. Not thread-safe, as any response.
 */
final class CorsResponse extends HttpServletResponseWrapper {
    private static final String VARY = "Vary";
    private static final String OWN_PREFIX = "access-control-";

    private final String allowed;

    /**
     * Marks a response.
     *
     * @param allowed the origin whose pages may read it; empty for none
     */
    CorsResponse(HttpServletResponse response, String allowed) {
        super(response);
        this.allowed = allowed;
        mark();
    }

    private void mark() {
        super.addHeader(VARY, RequestOrigin.ORIGIN);
        if (!allowed.isEmpty()) {
            super.setHeader("Access-Control-Allow-Origin", allowed);
            super.setHeader(
                    "Access-Control-Expose-Headers",
                    "Allow, Content-Range, ETag, Location, OPS-Request-Id, Retry-After, WWW-Authenticate");
        }
    }

    @Override
    public void reset() {
        super.reset();
        mark();
    }

    @Override
    public void setHeader(String name, String value) {
        if (name.equalsIgnoreCase(VARY)) {
            super.addHeader(name, value);
        } else if (!isOwn(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isOwn(name)) {
            super.addHeader(name, value);
        }
    }

    private static boolean isOwn(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(OWN_PREFIX);
    }
}
