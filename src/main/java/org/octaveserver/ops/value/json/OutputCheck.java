package org.octaveserver.ops.value.json;

import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.value.ValueLimits;

/** Finds what has no form in JSON, before anything is written. */
final class OutputCheck {
    private OutputCheck() {}

    /**
     * What cannot be written.
     *
     * @param path from the value that was asked about
     * @param problem why
     */
    record Fault(String path, String problem) {
        private Fault under(String step) {
            return new Fault(step + path, problem);
        }
    }

    static Optional<Fault> fault(OctaveValue value) {
        return fault(value, 0);
    }

    private static Optional<Fault> fault(OctaveValue value, int enclosing) {
        if (enclosing > ValueLimits.MAX_NESTING) {
            return problem("nested deeper than " + ValueLimits.MAX_NESTING + " levels");
        }
        if (value instanceof FunctionHandle) {
            return problem("a function handle has no JSON form");
        }
        if (value instanceof SparseMatrix matrix) {
            return fault(matrix);
        }
        if (value instanceof CellArray array) {
            return fault(array.cells(), enclosing);
        }
        return value instanceof StructArray array ? fault(array, enclosing) : Optional.empty();
    }

    private static Optional<Fault> problem(String problem) {
        return Optional.of(new Fault("", problem));
    }

    private static Optional<Fault> fault(SparseMatrix matrix) {
        if (matrix.dimensions().count() <= FullMatrix.MOST_ELEMENTS) {
            return Optional.empty();
        }
        return problem("a sparse " + matrix.dimensions() + " matrix has no JSON form but the full one, which may have "
                + FullMatrix.MOST_ELEMENTS + " elements; return [i, j, v] = find (x) instead");
    }

    private static Optional<Fault> fault(List<OctaveValue> values, int enclosing) {
        for (int i = 0; i < values.size(); i++) {
            Optional<Fault> fault = fault(values.get(i), enclosing + 1);
            if (fault.isPresent()) {
                String step = "[" + i + "]";
                return fault.map(f -> f.under(step));
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> fault(StructArray array, int enclosing) {
        boolean scalar = array.dimensions().isScalar();
        for (int i = 0; i < array.fields().size(); i++) {
            List<OctaveValue> values = array.valuesOf(i);
            Optional<Fault> fault = scalar ? fault(values.get(0), enclosing + 1) : fault(values, enclosing);
            if (fault.isPresent()) {
                String field = "." + Refusal.readable(array.fields().get(i));
                return fault.map(f -> f.under(field));
            }
        }
        return Optional.empty();
    }
}
