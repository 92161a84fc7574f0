package org.octaveserver.ops.lifecycle;

/** Something with threads, processes or files that is started once and stopped once. */
public interface Managed {
    /** Called once, in the order of registration; a failure stops the start of the whole. */
    default void start() {}

    /** Called once, in reverse order, also after a failed start of a later one. Must end by itself in bounded time. */
    void stop();
}
