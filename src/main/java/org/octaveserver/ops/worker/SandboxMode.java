package org.octaveserver.ops.worker;

/** Whether workers run in a sandbox. */
public enum SandboxMode {
    /** They may do what their account may. */
    NONE,
    /** In one of bubblewrap's, or not at all. */
    BUBBLEWRAP,
    /** In one where that works. */
    AUTO
}
