package org.octaveserver.ops.bundle;

/** What a deployment may do to a bundle that is deployed already. Deploying the very same file again always passes. */
public enum DeployMode {
    /** Nothing: the bundle must be new. */
    ADD,
    /** Add a version beside those there are; a version keeps the content it was first deployed with. */
    UPGRADE,
    /** Add a version beside those there are, in the place of other content under the same version too. */
    REPLACE,
    /** Put it in the place of all versions there are. */
    REPLACE_ALL
}
