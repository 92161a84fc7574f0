package org.octaveserver.ops.value;

/** Limits that every encoding of values holds to, so that what one accepts the next can carry. */
public final class ValueLimits {
    /**
     * How many cell arrays and structs may stand around a value, and how many dimensions an array may have. Far
     * above what code uses, far below what a thread's stack holds.
     */
    public static final int MAX_NESTING = 128;

    private ValueLimits() {}
}
