package org.octaveserver.ops.bundle.signature;

import java.util.List;

/**
 * What values an argument takes, as far as someone said so. Immutable.
 *
 * @param className Octave's class, such as {@code double}; empty when any is taken or nobody knows
 * @param size the extents; empty when any size is taken
 * @param typedef the {@link TypeDefinition} that says what is inside, by name; empty when none does
 */
public record ValueType(String className, List<Integer> size, String typedef) {
    /** Nothing is known: all that Octave can say of an argument that only its function's header names. */
    public static final ValueType UNKNOWN = new ValueType("", List.of(), "");

    public ValueType {
        size = List.copyOf(size);
    }
}
