package org.octaveserver.ops.bundle;

/**
 * How a bundle is to be deployed.
 *
 * @param release who deploys and why, and on which condition
 * @param mode what may happen to a bundle that is deployed
 * @param wanted what the deployer says about the bundle's name and runtime
 */
public record DeployRequest(ReleaseRequest release, DeployMode mode, Intake.Wanted wanted) {}
