package org.octaveserver.ops.worker;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.OctaveFailure;

/** What a caller reads when a call has met a limit: how much it used or wanted, how much is allowed, and who says so. */
final class LimitReasons {
    private static final int FILE_TOO_LARGE_SIGNAL = 25;
    private static final double MEGA = 1 << 20;

    /** What the system's refusals look like in Octave's messages. */
    private static final Map<WorkerLimit, String> REFUSALS = new EnumMap<>(Map.of(
            WorkerLimit.ADDRESS_SPACE, "out of memory",
            WorkerLimit.OPEN_FILES, "too many open files",
            WorkerLimit.FILE_SIZE, "file too large"));

    private LimitReasons() {}

    /** Why a worker must end that has used so much; empty when it may. */
    static Optional<EndReason> above(WorkerLimits limits, WorkerLimit limit, long used) {
        return limits.of(limit)
                .filter(allowance -> used > allowance.amount())
                .map(allowance -> new EndReason(
                        code(limit),
                        used(limit, used) + "; the limit is " + limits.told(limit) + "; its worker was stopped"));
    }

    private static String used(WorkerLimit limit, long used) {
        return switch (limit) {
            case CPU -> "the function used " + EndReason.readable(Duration.ofMillis(used)) + " of processor time";
            case MEMORY ->
                "the function's processes occupied " + String.format(Locale.ROOT, "%.1f", used / MEGA)
                        + " MB of memory";
            case OUTPUT -> "the function printed " + used + " bytes and more";
            case PROCESSES -> "the function had " + used + " processes beside Octave";
            default -> throw new IllegalArgumentException(limit + " is not seen by the server");
        };
    }

    private static ErrorCode code(WorkerLimit limit) {
        return switch (limit) {
            case CPU -> ErrorCode.CPU_LIMIT;
            case MEMORY -> ErrorCode.MEMORY_LIMIT;
            case OUTPUT -> ErrorCode.OUTPUT_LIMIT;
            case PROCESSES -> ErrorCode.PROCESS_LIMIT;
            default -> ErrorCode.FILE_SIZE_LIMIT;
        };
    }

    /** Why a process ended that a signal has ended, when that is how a limit works. */
    static Optional<EndReason> ofSignal(WorkerLimits limits, int signal) {
        return signal == FILE_TOO_LARGE_SIGNAL
                        && limits.of(WorkerLimit.FILE_SIZE).isPresent()
                ? Optional.of(new EndReason(
                        ErrorCode.FILE_SIZE_LIMIT,
                        "the function wrote a larger file than it may; the limit is "
                                + limits.told(WorkerLimit.FILE_SIZE) + "; the system ended it"))
                : Optional.empty();
    }

    static EndReason tooLarge(WorkerLimits limits, long bytes, long limit) {
        String source = limits.of(WorkerLimit.RESULT)
                .map(WorkerLimits.Allowance::source)
                .orElse("setting ops.worker.max-message-size");
        return new EndReason(
                ErrorCode.VALUE_TOO_LARGE,
                "the outputs take " + Long.toUnsignedString(bytes) + " bytes; " + limit + " are allowed (" + source
                        + ")");
    }

    /** An answer whose error, if it is the system's refusal, names the limit that the system holds. */
    static Answer named(WorkerLimits limits, Answer answer) {
        if (!(answer instanceof Answer.Failed failed) || limits.held().isEmpty()) {
            return answer;
        }
        OctaveFailure failure = failed.failure();
        String message = failure.message().toLowerCase(Locale.ROOT);
        StringBuilder notes = new StringBuilder();
        limits.held().keySet().stream()
                .filter(limit -> message.contains(String.valueOf(REFUSALS.get(limit))))
                .forEach(limit -> notes.append(" [the limit of its worker: ")
                        .append(limit.member())
                        .append(' ')
                        .append(limits.told(limit))
                        .append(']'));
        return notes.isEmpty()
                ? answer
                : new Answer.Failed(new OctaveFailure(
                        failure.reason(), failure.identifier(), failure.message() + notes, failure.stack()));
    }
}
