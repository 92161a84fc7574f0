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

    /** Calls the visitor's method for this type: a switch over all types that the compiler checks. */
    <R, E extends Exception> R accept(Visitor<R, E> visitor) throws E;

    /**
     * One method per type of value.
     *
     * @param <R> what a visit answers
     * @param <E> what a visit may throw
     */
    interface Visitor<R, E extends Exception> {
        R numeric(NumericArray array) throws E;

        R logical(LogicalArray array) throws E;

        R characters(CharArray array) throws E;

        R cell(CellArray array) throws E;

        R struct(StructArray array) throws E;

        R sparse(SparseMatrix matrix) throws E;

        R functionHandle(FunctionHandle handle) throws E;
    }
}
