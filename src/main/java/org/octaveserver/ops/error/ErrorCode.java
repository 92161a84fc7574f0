package org.octaveserver.ops.error;

/**
 * Every failure that OPS names. The name is stable: clients, metrics and logs may rely on it, so a constant is never
 * renamed and never changes its kind.
 */
public enum ErrorCode {
    INVALID_JSON(ErrorKind.INVALID),
    INVALID_INPUT(ErrorKind.INVALID),
    MISSING_NARGOUT(ErrorKind.INVALID),
    MISSING_RHS(ErrorKind.INVALID),
    INVALID_ARGUMENT(ErrorKind.INVALID),
    BUNDLE_NOT_FOUND(ErrorKind.NOT_FOUND),
    FUNCTION_NOT_FOUND(ErrorKind.NOT_FOUND),
    RESOURCE_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** A route leads to a folder which has no such file. */
    FILE_NOT_FOUND(ErrorKind.NOT_FOUND),
    METHOD_NOT_ALLOWED(ErrorKind.NOT_ALLOWED),
    NOT_ACCEPTABLE(ErrorKind.NOT_ACCEPTABLE),
    LENGTH_REQUIRED(ErrorKind.LENGTH_REQUIRED),
    REQUEST_TOO_LARGE(ErrorKind.TOO_LARGE),
    UNSUPPORTED_CONTENT_TYPE(ErrorKind.UNSUPPORTED_MEDIA),
    /** The client did not send the rest of a body. */
    BODY_TIMEOUT(ErrorKind.SLOW_CLIENT),
    UNAUTHENTICATED(ErrorKind.UNAUTHENTICATED),
    FORBIDDEN(ErrorKind.FORBIDDEN),
    /** The metrics are turned off. */
    METRICS_DISABLED(ErrorKind.FORBIDDEN),
    /** The archive management API is turned off. */
    ARCHIVES_DISABLED(ErrorKind.FORBIDDEN),
    DISCOVERY_DISABLED(ErrorKind.FORBIDDEN),

    /** The file is no archive that OPS can unpack, or one that it must not. */
    INVALID_ARCHIVE(ErrorKind.INVALID),
    /** The archive unpacks, but what is in it cannot be a bundle. */
    INVALID_BUNDLE(ErrorKind.INVALID),
    /** Octave's pkg could not install the package: a compiler's error, or too slow. */
    BUILD_FAILED(ErrorKind.INVALID),
    /** The bundle's smoke call threw, or did not end. */
    SMOKE_CALL_FAILED(ErrorKind.INVALID),
    /** What the bundle wants done before its first call threw, or did not end. */
    WARMUP_FAILED(ErrorKind.INVALID),
    /** What the bundle depends on is not there, or not in a version that fits. */
    DEPENDENCY_UNSATISFIED(ErrorKind.CONFLICT),
    /** The package must be compiled, and there is no compiler. */
    BUILD_TOOLS_MISSING(ErrorKind.UNAVAILABLE),
    ARCHIVE_TOO_LARGE(ErrorKind.TOO_LARGE),
    /** A bundle of that name is deployed, and the request is to add a new one. */
    BUNDLE_EXISTS(ErrorKind.CONFLICT),
    VERSION_CONFLICT(ErrorKind.CONFLICT),
    RELEASE_CONFLICT(ErrorKind.CONFLICT),
    /** Another version that stays depends on what is to be retired. */
    VERSION_PINNED(ErrorKind.CONFLICT),
    /** A version of the release is not in the store any more. */
    RELEASE_INCOMPLETE(ErrorKind.CONFLICT),
    /** The file of the release, or a version of it in the store, is not what was written. */
    RELEASE_DAMAGED(ErrorKind.CONFLICT),
    RELEASE_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** The request is for another release than the current one. */
    RELEASE_CHANGED(ErrorKind.PRECONDITION),
    STORE_FAILED(ErrorKind.INTERNAL),

    QUEUE_FULL(ErrorKind.EXHAUSTED),
    /** As many calls wait for the bundle as it says. */
    BUNDLE_QUEUE_FULL(ErrorKind.EXHAUSTED),
    /** As many calls of one client wait as may. */
    TOO_MANY_CALLS(ErrorKind.TOO_MANY),
    /** No worker became free before the call's deadline. */
    NO_WORKER_IN_TIME(ErrorKind.TIMEOUT),
    /** The function ran past the call's deadline; its worker was killed. */
    CALL_TIMEOUT(ErrorKind.TIMEOUT),
    /** Somebody cancelled the call; its worker was killed. */
    CALL_CANCELLED(ErrorKind.CANCELLED),
    /** No such call is on its way. */
    CALL_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** There is no such job, or it is somebody else's. */
    JOB_NOT_FOUND(ErrorKind.NOT_FOUND),
    /** The text is no id of a job at all. */
    INVALID_JOB_ID(ErrorKind.INVALID),
    /** The URL names another store of jobs than this server has, or nothing that there is of one. */
    NO_SUCH_REQUESTS(ErrorKind.NOT_FOUND),
    /** A request for changes does not say since when. */
    MISSING_SINCE(ErrorKind.INVALID),
    /** It does not say of which jobs. */
    MISSING_SELECTION(ErrorKind.INVALID),
    /** It says so in a way that selects nothing. */
    INVALID_SELECTION(ErrorKind.INVALID),
    /** As many clients watch jobs as may. */
    TOO_MANY_WATCHES(ErrorKind.EXHAUSTED),
    /** As many jobs wait as may. */
    JOB_QUEUE_FULL(ErrorKind.EXHAUSTED),
    /** As many jobs of one client wait as may. */
    TOO_MANY_JOBS(ErrorKind.TOO_MANY),
    /** The key of the request was used for another one before. */
    IDEMPOTENCY_KEY_REUSED(ErrorKind.UNPROCESSABLE),
    /** The job waits or runs, and must be finished for that. */
    JOB_NOT_FINISHED(ErrorKind.CONFLICT),
    /** The job is finished already. */
    JOB_FINISHED(ErrorKind.GONE),
    /** The job was cancelled, so that it has no result and cannot be cancelled again. */
    JOB_CANCELLED(ErrorKind.GONE),
    /** The job was deleted, or was kept as long as finished jobs are. */
    JOB_DELETED(ErrorKind.GONE),
    /** The server that ran the job stopped, and the job must not be run again. */
    JOB_INTERRUPTED(ErrorKind.UNAVAILABLE),
    /** The result of the job is larger than results may be. */
    JOB_RESULT_TOO_LARGE(ErrorKind.TOO_LARGE),
    /** What the job had to be run with is not there any more, or is not what was written. */
    JOB_DAMAGED(ErrorKind.INTERNAL),
    /** The store of jobs cannot be written to or read now. */
    JOB_STORE_UNAVAILABLE(ErrorKind.UNAVAILABLE),
    /** The call used more processor time than it may. */
    CPU_LIMIT(ErrorKind.TIMEOUT),
    /** The worker and what it has started occupied more memory than they may. */
    MEMORY_LIMIT(ErrorKind.TIMEOUT),
    /** The call printed more than it may. */
    OUTPUT_LIMIT(ErrorKind.TIMEOUT),
    /** The worker had more processes than it may. */
    PROCESS_LIMIT(ErrorKind.TIMEOUT),
    /** The system ended the worker at a file that was larger than it may be. */
    FILE_SIZE_LIMIT(ErrorKind.TIMEOUT),
    /** User code ended the worker's process ({@code exit}, {@code quit}). */
    WORKER_EXITED(ErrorKind.USER_CODE),
    /** The worker's process died of a signal. */
    WORKER_CRASHED(ErrorKind.USER_CODE),
    /** The worker sent what the protocol does not allow. */
    WORKER_PROTOCOL(ErrorKind.USER_CODE),
    /** An output has a class that no encoding exists for. */
    UNSUPPORTED_OUTPUT(ErrorKind.USER_CODE),
    /** A web request handler threw. */
    HANDLER_FAILED(ErrorKind.USER_CODE),
    /** What a web request handler answered is no response. */
    INVALID_HANDLER_RESPONSE(ErrorKind.USER_CODE),
    /** A value is larger or nested deeper than the wire carries. */
    VALUE_TOO_LARGE(ErrorKind.TOO_LARGE),
    WORKER_START_FAILED(ErrorKind.UNAVAILABLE),
    RUNTIME_UNAVAILABLE(ErrorKind.UNAVAILABLE),
    /** A runtime is another Octave than a moment ago. */
    RUNTIME_CHANGED(ErrorKind.UNAVAILABLE),
    /** What a runtime of this node loads of a version could not be made. */
    PREPARATION_FAILED(ErrorKind.UNAVAILABLE),
    SHUTTING_DOWN(ErrorKind.UNAVAILABLE),
    INTERNAL(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    ErrorCode(ErrorKind kind) {
        this.kind = kind;
    }

    public ErrorKind kind() {
        return kind;
    }
}
