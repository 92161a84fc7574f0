package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.octaveserver.ops.web.edge.RequestPath;

/**
 * The path of a call: {@code /bundle/function}.
 *
 * @param bundle {@code name} or {@code name@version}
 * @param function the function
 */
record CallPath(String bundle, String function) {
    /** Nothing under it is a call, so that what is not there is not found rather than a wrong method. */
    private static final String API = "api";

    /** Asynchronous requests: no bundle's name begins so. */
    private static final String REQUESTS = "/~";

    /** That of a request; nothing when it is no call. */
    static Optional<CallPath> of(HttpServletRequest request) {
        return of(RequestPath.of(request));
    }

    /** Two names, and perhaps a slash behind them. */
    static Optional<CallPath> of(String path) {
        int middle = path.indexOf('/', 1);
        if (!path.startsWith("/")
                || path.startsWith(REQUESTS)
                || middle < 2
                || (path.startsWith(API, 1) && middle == 1 + API.length())) {
            return Optional.empty();
        }
        int end = path.indexOf('/', middle + 1);
        int last = end == path.length() - 1 ? end : path.length();
        boolean two = (end < 0 || end == last) && last > middle + 1;
        return two
                ? Optional.of(new CallPath(path.substring(1, middle), path.substring(middle + 1, last)))
                : Optional.empty();
    }
}
