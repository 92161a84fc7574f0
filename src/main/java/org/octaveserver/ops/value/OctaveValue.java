package org.octaveserver.ops.value;

/**
 * A value of GNU Octave. Immutable; equal when class, dimensions, complexity and every bit are equal (so a NaN equals
 * the same NaN, and 0 differs from -0).
 *
 * <p>Closed on purpose: what has no permitted type here (containers.Map, classdef and Java objects) has no encoding,
 * and the worker says so instead of answering something else.
 */
public sealed interface OctaveValue
        permits NumericArray, LogicalArray, CharArray, CellArray, StructArray, SparseMatrix, FunctionHandle {
    Dimensions dimensions();

    /** What {@code class (x)} answers in Octave. */
    String className();
}
