package org.octaveserver.ops.web.edge;

import org.octaveserver.ops.error.ErrorKind;

/** The one table from kinds of failure to HTTP statuses (RFC 9110). */
public final class Statuses {
    private Statuses() {}

    public static int of(ErrorKind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case NOT_ALLOWED -> 405;
            case NOT_ACCEPTABLE -> 406;
            // Clients try again by themselves after a 5xx.
            case CONFLICT, CANCELLED -> 409;
            case SLOW_CLIENT -> 408;
            case GONE -> 410;
            case LENGTH_REQUIRED -> 411;
            case PRECONDITION -> 412;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA -> 415;
            case UNPROCESSABLE -> 422;
            case TOO_MANY -> 429;
            case USER_CODE, INTERNAL -> 500;
            case EXHAUSTED, UNAVAILABLE -> 503;
            case TIMEOUT -> 504;
        };
    }
}
