package org.octaveserver.ops.call;

import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.Release;

/**
 * A version that was found for a caller.
 *
 * @param release the release that has it
 * @param deployed the version there
 */
public record Located(Release release, DeployedVersion deployed) {
    /** The version. */
    public BundleVersion version() {
        return deployed.version();
    }

    /** A call of one of its functions, which must be there. */
    public CallTarget target(String function) {
        return new CallTarget(release, deployed, version().function(function).orElseThrow());
    }
}
