package org.octaveserver.ops.worker;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.wire.FrameTooLargeException;
import org.octaveserver.ops.wire.WireException;

/**
 * Why a worker's process ended or was killed, and what its caller is told.
 *
 * @param code the failure that the caller of the running call gets
 * @param message what that caller reads
 */
public record EndReason(ErrorCode code, String message) {
    /** How long a process whose channel ended may take to be gone. */
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(2);

    /** The exit status of a process that ended by itself; above it stands 128 + the signal that ended it. */
    private static final int LAST_STATUS = 128;

    private static final int LAST_SIGNAL = 64;

    static EndReason deadline(Duration allowed) {
        return new EndReason(
                ErrorCode.CALL_TIMEOUT,
                "the function ran longer than the " + readable(allowed)
                        + " that a call may take; its worker was stopped");
    }

    static EndReason startDeadline(Duration allowed) {
        return new EndReason(
                ErrorCode.WORKER_START_FAILED,
                "Octave was not ready after " + readable(allowed) + " (setting ops.worker.start-timeout)");
    }

    static EndReason exited(int status) {
        return new EndReason(
                ErrorCode.WORKER_EXITED,
                "the function ended its Octave process (exit status " + status + ") instead of answering");
    }

    static EndReason crashed(int signal) {
        return new EndReason(
                ErrorCode.WORKER_CRASHED,
                "Octave crashed while it ran the function (signal " + signal + signalName(signal) + ")");
    }

    static EndReason protocol(String what) {
        return new EndReason(ErrorCode.WORKER_PROTOCOL, "the function's Octave process broke its channel: " + what);
    }

    static EndReason unneeded() {
        return new EndReason(ErrorCode.SHUTTING_DOWN, "it is no longer needed");
    }

    static EndReason stopped() {
        return new EndReason(ErrorCode.SHUTTING_DOWN, "the server stops its workers");
    }

    static EndReason failed() {
        return new EndReason(ErrorCode.INTERNAL, "the server failed while it handled the call; its worker was stopped");
    }

    /**
     * Why a channel failed: what came through it was wrong, or its process has ended, or is about to.
     *
     * @param failure of the channel
     * @param limits of the process
     */
    static EndReason of(IOException failure, WorkerProcess process, WorkerLimits limits) {
        if (failure instanceof FrameTooLargeException large) {
            return LimitReasons.tooLarge(limits, large.length(), large.limit());
        }
        if (failure instanceof WireException) {
            return protocol(Optional.ofNullable(failure.getMessage()).orElse("malformed"));
        }
        OptionalInt status = process.awaitExit(EXIT_LIMIT);
        if (status.isEmpty()) {
            return protocol(failure instanceof EOFException ? "it was closed" : "it does not answer");
        }
        int signal = status.getAsInt() - LAST_STATUS;
        return signal > 0 && signal <= LAST_SIGNAL
                ? LimitReasons.ofSignal(limits, signal).orElseGet(() -> crashed(signal))
                : exited(status.getAsInt());
    }

    /** As the failure of a call. */
    public OpsException toException() {
        return new OpsException(code, message);
    }

    /** A time for people. */
    public static String readable(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String signalName(int signal) {
        return switch (signal) {
            case 4 -> ", SIGILL";
            case 6 -> ", SIGABRT";
            case 7 -> ", SIGBUS";
            case 8 -> ", SIGFPE";
            case 9 -> ", SIGKILL; perhaps the system ran out of memory";
            case 11 -> ", SIGSEGV";
            case 15 -> ", SIGTERM";
            default -> "";
        };
    }
}
