package org.octaveserver.ops.bundle;

/** How far a deployment has come. Until RELEASE_WRITTEN it has changed nothing that counts; from then on it stands. */
public enum DeploymentStep {
    /** The file is here, whole. */
    RECEIVED,
    /** It is unpacked. */
    UNPACKED,
    /** What runtimes load is made, and its functions are known. */
    PREPARED,
    /** The version is in the store. */
    STORED,
    /** The new release has its number. */
    RELEASE_WRITTEN,
    /** {@code current} leads to the new release. */
    SWITCHED
}
