package org.octaveserver.ops.cli;

/** Ends a command with a message on stderr and an exit status; what the command was asked did not happen. */
public final class CommandFailure extends RuntimeException {
    private final ExitStatus status;
    private final boolean passing;

    public CommandFailure(ExitStatus status, String message) {
        this(status, message, status == ExitStatus.UNREACHABLE);
    }

    /** @param passing whether the same may succeed a little later */
    CommandFailure(ExitStatus status, String message, boolean passing) {
        super(message);
        this.status = status;
        this.passing = passing;
    }

    public ExitStatus status() {
        return status;
    }

    /** Whether the same may succeed a little later: no server answers, or one that is busy or about to stop. */
    boolean isPassing() {
        return passing;
    }
}
