package org.octaveserver.ops.call;

import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.ExportedFunction;
import org.octaveserver.ops.bundle.Release;

/**
 * What a call goes to. A call keeps its target to its end, whatever is deployed meanwhile.
 *
 * @param release the release that has the version, and what it depends on
 * @param deployed the version
 * @param function one of its exports
 */
public record CallTarget(Release release, DeployedVersion deployed, ExportedFunction function) {
    /** The version. */
    public BundleVersion bundle() {
        return deployed.version();
    }
}
