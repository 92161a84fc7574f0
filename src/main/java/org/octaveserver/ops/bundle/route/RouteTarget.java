package org.octaveserver.ops.bundle.route;

import java.nio.file.Path;

/** Where a route leads. */
public sealed interface RouteTarget {
    /**
     * A function that is given the request and answers with a response.
     *
     * @param component the bundle, {@code name} or {@code name@version}; empty for the bundle that the route is in
     * @param function its name
     */
    record Handler(String component, String function) implements RouteTarget {}

    /**
     * Files, to be read as they are; the first group of the expression names the file.
     *
     * @param folder absolute
     */
    record StaticFiles(Path folder) implements RouteTarget {}
}
