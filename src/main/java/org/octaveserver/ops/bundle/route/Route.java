package org.octaveserver.ops.bundle.route;

/**
 * One entry of a routes file.
 *
 * @param match which paths it is for
 * @param target where they lead
 * @param pointer where it stands in its file, as a JSON pointer
 */
public record Route(PathPattern match, RouteTarget target, String pointer) {}
