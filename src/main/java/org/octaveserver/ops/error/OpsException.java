package org.octaveserver.ops.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A failure that has a name. The message is for whoever sent the request (or, for kinds {@code UNAVAILABLE} and
 * {@code INTERNAL}, for the operator): it says what was wrong, where, and what is allowed.
 */
public final class OpsException extends RuntimeException {
    private final ErrorCode code;

    public OpsException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public OpsException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message is null"), cause);
        this.code = requireNonNull(code, "code is null");
    }

    public ErrorCode code() {
        return code;
    }

    /** The message; an OpsException always has one. */
    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage(), "message is null");
    }
}
