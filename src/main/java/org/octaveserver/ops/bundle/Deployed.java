package org.octaveserver.ops.bundle;

/**
 * The outcome of a deployment.
 *
 * @param version the version that calls to the bundle now go to
 * @param release the release that has it
 * @param changed false when it was current already, so that no release was made
 */
public record Deployed(BundleVersion version, Release release, boolean changed) {}
