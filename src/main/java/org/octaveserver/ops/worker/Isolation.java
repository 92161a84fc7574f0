package org.octaveserver.ops.worker;

/** What a call may find of the calls before it. */
public enum Isolation {
    /** The process of an earlier call, with what functions keep in persistent and global variables. */
    WARM,
    /** A process that has run no call, and runs no other one. */
    FRESH
}
