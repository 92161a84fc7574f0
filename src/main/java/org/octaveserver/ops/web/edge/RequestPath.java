package org.octaveserver.ops.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The path of a request, by which calls and routes are told. */
public final class RequestPath {
    private RequestPath() {}

    /** As the container has decoded and normalised it, without parameters. */
    public static String of(HttpServletRequest request) {
        return request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
    }
}
