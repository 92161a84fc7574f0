package org.octaveserver.ops.error;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A failure that has a name. The message is for whoever sent the request (or, for kinds {@code UNAVAILABLE} and
 * {@code INTERNAL}, for the operator): it says what was wrong, where, and what is allowed.
 */
public final class OpsException extends RuntimeException {
    private final ErrorCode code;
    private final transient Optional<Duration> retryAfter;

    public OpsException(ErrorCode code, String message) {
        this(code, message, null, Optional.empty());
    }

    public OpsException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, cause, Optional.empty());
    }

    /** A refusal of what may pass after a while. */
    public static OpsException until(Duration retryAfter, ErrorCode code, String message) {
        return new OpsException(code, message, null, Optional.of(retryAfter));
    }

    private OpsException(ErrorCode code, String message, @Nullable Throwable cause, Optional<Duration> retryAfter) {
        super(requireNonNull(message, "message is null"), cause);
        this.code = requireNonNull(code, "code is null");
        this.retryAfter = retryAfter;
    }

    /** After what time the same request should pass, where that can be told. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** A failure of another thread, as one of this: a named one keeps its name, any other is INTERNAL. */
    public static OpsException of(@Nullable Throwable failure) {
        if ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            return of(failure.getCause());
        }
        return failure instanceof OpsException known
                ? new OpsException(known.code(), known.getMessage(), known, known.retryAfter())
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
