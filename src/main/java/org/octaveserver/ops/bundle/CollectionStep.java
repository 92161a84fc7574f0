package org.octaveserver.ops.bundle;

/** How far the removal of something has come. Each leaves a store that is whole. */
enum CollectionStep {
    /** A release is renamed away, nothing of it is deleted. */
    RELEASE_TAKEN,
    /** A version is renamed away, nothing of it is deleted. */
    VERSION_TAKEN
}
