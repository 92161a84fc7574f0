package org.octaveserver.ops.bundle;

/**
 * How a bundle is to be deployed.
 *
 * @param by who deploys
 * @param reason why, or empty
 * @param mode what may happen to a bundle that is deployed
 * @param naming what the deployer says about the bundle's name
 */
public record DeployRequest(String by, String reason, DeployMode mode, BundleNaming naming) {}
