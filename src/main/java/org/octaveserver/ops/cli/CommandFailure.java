package org.octaveserver.ops.cli;

/** Ends a command with a message on stderr and an exit status; what the command was asked did not happen. */
public final class CommandFailure extends RuntimeException {
    private final ExitStatus status;

    public CommandFailure(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    public ExitStatus status() {
        return status;
    }
}
