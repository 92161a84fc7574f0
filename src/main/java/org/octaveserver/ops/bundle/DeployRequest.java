package org.octaveserver.ops.bundle;

import java.util.Optional;

/**
 * How a bundle is to be deployed.
 *
 * @param by who deploys
 * @param reason why, or empty
 * @param mode what may happen to a bundle that is deployed
 * @param naming what the deployer says about the bundle's name
 * @param runtime the id of the runtime to deploy to; absent: what the bundle fits decides
 */
public record DeployRequest(String by, String reason, DeployMode mode, BundleNaming naming, Optional<String> runtime) {
    /** To the runtime that the bundle fits. */
    public DeployRequest(String by, String reason, DeployMode mode, BundleNaming naming) {
        this(by, reason, mode, naming, Optional.empty());
    }
}
