package org.octaveserver.ops.security;

/** What a request wants to do. */
public enum Access {
    /** Learn whether the server works. */
    OPEN,
    /** Run a deployed function. */
    CALL,
    /** See or change what is deployed and how the server is doing. */
    MANAGE
}
