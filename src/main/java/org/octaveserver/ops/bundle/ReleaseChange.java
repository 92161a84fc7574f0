package org.octaveserver.ops.bundle;

import java.util.Map;

/**
 * One change of the set that callers see. It is applied anew when another deployer was quicker, so it must depend on
 * nothing but what it is given, and decide there whether it may be made.
 */
@FunctionalInterface
interface ReleaseChange {
    /** The bundles after the change; equal to those before when there is nothing to change. */
    Map<String, DeployedBundle> apply(Map<String, DeployedBundle> before);
}
