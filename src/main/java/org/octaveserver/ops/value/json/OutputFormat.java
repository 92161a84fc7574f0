package org.octaveserver.ops.value.json;

/**
 * How values are written as JSON, as a caller asks for it in {@code outputFormat} (MPS: JSON representation of MATLAB
 * data types).
 *
 * @param mode the notation
 * @param nanInf the form of NaN and the infinities
 */
public record OutputFormat(Mode mode, NanInf nanInf) {
    /** What a request without {@code outputFormat} means. */
    public static final OutputFormat DEFAULT = new OutputFormat(Mode.LARGE, NanInf.STRING);

    /** The notation of values. */
    public enum Mode {
        /** Plain JSON for the values that have such a form; the others in large notation. */
        SMALL,
        /** Objects with {@code mwdata}, {@code mwsize} and {@code mwtype}: every class and shape as it is. */
        LARGE
    }

    /** The form of the numbers that JSON has no number for. */
    public enum NanInf {
        /** {@code "NaN"}. */
        STRING,
        /** <code>{"mwdata":"NaN"}</code>. */
        OBJECT
    }
}
