package org.octaveserver.ops.bundle;

import java.util.OptionalInt;

/**
 * How many calls of a bundle a node takes ({@code calls} of {@code ops.json}).
 *
 * @param running how many may run at once; at least 1
 * @param waiting how many may wait; at least 1
 */
public record CallLimits(OptionalInt running, OptionalInt waiting) {
    /** As many as the node takes. */
    public static final CallLimits NONE = new CallLimits(OptionalInt.empty(), OptionalInt.empty());
}
