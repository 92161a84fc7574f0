package org.octaveserver.ops.bundle;

/**
 * The outcome of a change.
 *
 * @param release the release that has the change
 * @param changed false when the release before had it already and no new one was made
 */
record Published(Release release, boolean changed) {}
