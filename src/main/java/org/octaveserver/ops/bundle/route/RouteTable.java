package org.octaveserver.ops.bundle.route;

import java.util.List;
import java.util.Optional;

/** The routes of one file, in its order. Immutable. */
public record RouteTable(List<Route> routes) {
    /** No routes. */
    public static final RouteTable EMPTY = new RouteTable(List.of());

    public RouteTable {
        routes = List.copyOf(routes);
    }

    /**
     * The first route that a path matches.
     *
     * @param path decoded, without query
     */
    public Optional<RouteMatch> match(String path) {
        for (Route route : routes) {
            Optional<String> group = route.match().find(path);
            if (group.isPresent()) {
                return Optional.of(new RouteMatch(route.target(), group.get()));
            }
        }
        return Optional.empty();
    }
}
