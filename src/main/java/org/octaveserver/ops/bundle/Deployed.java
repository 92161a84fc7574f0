package org.octaveserver.ops.bundle;

/**
 * The outcome of a deployment.
 *
 * @param version the version that was deployed
 * @param published the release that has it; unchanged when it was current already
 */
public record Deployed(BundleVersion version, Published published) {}
