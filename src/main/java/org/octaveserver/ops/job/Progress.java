package org.octaveserver.ops.job;

/**
 * How far a function says that it is.
 *
 * @param fraction from 0 to 1
 * @param message one line, or empty
 */
public record Progress(double fraction, String message) {
    public static final Progress NONE = new Progress(0, "");
}
