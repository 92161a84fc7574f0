package org.octaveserver.ops.cli.follow;

/**
 * How far a job is.
 *
 * @param state such as {@code RUNNING}
 * @param fraction from 0 to 1, as its function says
 * @param message what its function says; may be empty
 */
public record JobProgress(String state, double fraction, String message) {
    private static final int WHOLE = 100;

    /** Whole percents, rounded down: 100 means that all is done. */
    public int percent() {
        return (int) Math.floor(Math.max(0, Math.min(1, fraction)) * WHOLE);
    }

    /** The message, else the state: what stands behind the percents. */
    String words() {
        return message.isEmpty() ? state : message;
    }
}
