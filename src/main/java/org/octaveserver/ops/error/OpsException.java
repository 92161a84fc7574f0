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

    /** A failure of another thread, as one of this: a named one keeps its name, any other is INTERNAL. */
    public static OpsException of(@Nullable Throwable failure) {
        return failure instanceof OpsException known
                ? new OpsException(known.code(), known.getMessage(), known)
                : new OpsException(ErrorCode.INTERNAL, "a call failed in the server", failure);
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
