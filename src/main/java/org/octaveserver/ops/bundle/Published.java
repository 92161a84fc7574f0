package org.octaveserver.ops.bundle;

/**
 * The outcome of a change.
 *
 * @param before the release that it was made on top of
 * @param release the release that has the change; one that is nowhere when only a dry run was asked for
 * @param changed false when the release before had it already and no new one was made
 */
public record Published(Release before, Release release, boolean changed) {}
