package org.octaveserver.ops.call;

/** How far a call has come. */
public enum CallState {
    /** It has no worker yet. */
    WAITING,
    /** A worker runs it. */
    RUNNING
}
