package org.octaveserver.ops.bundle;

/** What a deployment may do to a bundle that is deployed already. Deploying the very same file again always passes. */
public enum DeployMode {
    /** Nothing: the bundle must be new. */
    ADD,
    /** Put another version in its place; a version keeps the content it was first deployed with. */
    UPGRADE,
    /** Put anything in its place, other content under the same version too. */
    REPLACE
}
