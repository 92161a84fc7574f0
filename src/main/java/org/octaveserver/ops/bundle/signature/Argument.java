package org.octaveserver.ops.bundle.signature;

/**
 * An input or output of a function, a field of a struct, or an element of a cell array.
 *
 * @param name {@code varargin} and {@code varargout} stand for any number of arguments, {@code ~} for an input that the
 *     function ignores; empty for an element of a cell array
 * @param type what values it takes
 * @param help what it means, or empty
 */
public record Argument(String name, ValueType type, String help) {
    /** Of which no more than the name is known. */
    public static Argument named(String name) {
        return new Argument(name, ValueType.UNKNOWN, "");
    }
}
