package org.octaveserver.ops.bundle.route;

/**
 * A path that has found its route.
 *
 * @param target where it leads
 * @param group what the first group of the expression took of the path; may be empty
 */
public record RouteMatch(RouteTarget target, String group) {}
