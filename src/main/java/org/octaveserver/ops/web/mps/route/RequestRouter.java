package org.octaveserver.ops.web.mps.route;

import java.util.Optional;
import org.octaveserver.ops.bundle.BundleName;
import org.octaveserver.ops.bundle.route.RouteMatch;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.route.RouteTarget;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.call.Located;
import org.octaveserver.ops.call.Routing;

/** Which path goes where: the server's own routes first, then those of the bundle that the path names. Thread-safe. */
public final class RequestRouter {
    /** MPS's URLs of asynchronous requests begin so; no bundle's name does. */
    private static final String INSTANCE = "~";

    private final RouteTable server;
    private final Routing routing;

    /**
     * A router.
     *
     * @param server the routes of the whole server
     * @param routing knows the bundles of the present release
     */
    public RequestRouter(RouteTable server, Routing routing) {
        this.server = server;
        this.routing = routing;
    }

    /**
     * Finds what answers a path; nothing when no route matches, and for the URLs that are OPS's own.
     *
     * @param path decoded and normalised, from its first slash, without query and parameters
     */
    Optional<Routed> find(String path) {
        if (!path.startsWith("/") || path.contains("//")) {
            return Optional.empty();
        }
        int end = path.indexOf('/', 1);
        String first = path.substring(1, end < 0 ? path.length() : end);
        if (BundleName.isReserved(first) || first.startsWith(INSTANCE)) {
            return Optional.empty();
        }
        String rest = end < 0 ? "/" : path.substring(end);
        return server.match(path)
                .map(this::ofServer)
                .or(() -> routing.find(first).flatMap(located -> ofBundle(located, rest)));
    }

    private Routed ofServer(RouteMatch match) {
        if (match.target() instanceof RouteTarget.StaticFiles files) {
            return new Routed.ToFile(files.folder(), match.group(), Optional.empty());
        }
        RouteTarget.Handler handler = (RouteTarget.Handler) match.target();
        return new Routed.ToHandler(() -> routing.resolve(handler.component(), handler.function()));
    }

    private static Optional<Routed> ofBundle(Located located, String path) {
        return located.version().routes().match(path).map(match -> ofBundle(located, match));
    }

    private static Routed ofBundle(Located located, RouteMatch match) {
        if (match.target() instanceof RouteTarget.StaticFiles files) {
            return new Routed.ToFile(files.folder(), match.group(), Optional.of(located.version()));
        }
        RouteTarget.Handler handler = (RouteTarget.Handler) match.target();
        CallTarget target = located.target(handler.function());
        return new Routed.ToHandler(() -> target);
    }
}
