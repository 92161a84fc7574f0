package org.octaveserver.ops.worker;

/** Which implementation of a worker is used: compiled, or in Octave's own language. */
public enum Implementation {
    /** The native one where it can be built, the portable one elsewhere. */
    AUTO,
    /** The native one; no worker starts where it cannot be built. */
    NATIVE,
    /** The portable one. */
    PORTABLE
}
