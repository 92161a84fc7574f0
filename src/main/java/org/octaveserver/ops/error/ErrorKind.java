package org.octaveserver.ops.error;

/**
 * What a failure means to whoever caused it. The edge turns a kind into a status of its protocol; nothing else does.
 */
public enum ErrorKind {
    /** The request breaks a rule that its sender can read in the message. */
    INVALID,
    /** No credentials, or credentials that prove nothing. */
    UNAUTHENTICATED,
    /** Known caller, not allowed. */
    FORBIDDEN,
    /** What the request names does not exist. */
    NOT_FOUND,
    /** The method does not fit what the request names. */
    NOT_ALLOWED,
    /** No form of the answer is one that the caller takes. */
    NOT_ACCEPTABLE,
    /** The request contradicts the present state; another one may pass. */
    CONFLICT,
    /** What the request names was there once, and will not be again. */
    GONE,
    /** The request is well-formed, and contradicts what its sender said before. */
    UNPROCESSABLE,
    /** The request names a state that is not the present one. */
    PRECONDITION,
    /** The body does not say how long it is, and must. */
    LENGTH_REQUIRED,
    /** The sender did not send in time what it had begun. */
    SLOW_CLIENT,
    /** Larger than a limit that the message names. */
    TOO_LARGE,
    /** A body of a media type that is not accepted here. */
    UNSUPPORTED_MEDIA,
    /** The server has no room now; the same request may pass later. */
    EXHAUSTED,
    /** One client asks for more than its share; others still have room. */
    TOO_MANY,
    /** A deadline passed, or a call used more than it may; it was stopped. */
    TIMEOUT,
    /** Somebody who may has called it off; nobody should try again by himself. */
    CANCELLED,
    /** User code did what it must not: ended its process, crashed it, answered what cannot be carried. */
    USER_CODE,
    /** A part that the request needs is not there now. */
    UNAVAILABLE,
    /** A fault of the server. */
    INTERNAL
}
