package org.octaveserver.ops.web.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whose web page makes a browser send a request. A browser sends some requests of any page to any server, this
 * machine's own included, without asking the server first: GET, and POST of a form, of plain text or of nothing.
 */
final class RequestOrigin {
    static final String ORIGIN = "Origin";

    /** What browsers add to say how page and server relate (Fetch Metadata); pages cannot set it. */
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** The page is the server's own, or there is no page: somebody typed the address. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private RequestOrigin() {}

    /** Whether the page of another origin, one that is not allowed, is behind a request. */
    static boolean isForeign(HttpServletRequest request, CorsPolicy cors) {
        if (cors.allowsAll()) {
            return false;
        }
        if (request.getHeader(ORIGIN) != null) {
            List<String> origins = Collections.list(request.getHeaders(ORIGIN));
            return origins.size() > 1 || (!isOwn(origins.get(0), request) && !cors.allows(origins.get(0)));
        }
        return request.getHeader(FETCH_SITE) != null
                && Collections.list(request.getHeaders(FETCH_SITE)).stream()
                        .anyMatch(site -> !OWN.contains(site.strip().toLowerCase(Locale.ROOT)));
    }

    private static boolean isOwn(String origin, HttpServletRequest request) {
        return CorsPolicy.isSame(
                origin, request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort());
    }
}
