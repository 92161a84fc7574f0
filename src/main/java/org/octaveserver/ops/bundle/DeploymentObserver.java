package org.octaveserver.ops.bundle;

/** Is told, on the thread that deploys, after each step. What it throws ends the deployment there. */
@FunctionalInterface
public interface DeploymentObserver {
    /** Nobody. */
    DeploymentObserver NONE = step -> {};

    void reached(DeploymentStep step);
}
