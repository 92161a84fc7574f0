package org.octaveserver.ops.worker;

/** What becomes of random streams between two calls in the same worker. */
public enum RandomStreams {
    /** They go on where the last call left them. */
    KEEP,
    /** They begin anew, unpredictably, whatever a call has set. */
    RESEED
}
