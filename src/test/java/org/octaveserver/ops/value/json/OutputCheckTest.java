package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.value.ValueLimits;

/** What has no JSON form is named before anything is written. */
final class OutputCheckTest {
    private static final OctaveValue HANDLE = new FunctionHandle("sin");

    @Test
    void namesTheFieldThatHoldsAFunctionHandle() {
        assertRefused(StructArray.scalar(Map.of("f", HANDLE)), "lhs[0].f: a function handle has no JSON form");
    }

    @Test
    void namesTheElementOfACellAndOfAStructArray() {
        OctaveValue cell = new CellArray(Dimensions.row(2), List.of(NumericArray.scalar(1), HANDLE));
        OctaveValue structs = new StructArray(
                Dimensions.row(2), List.of("a", "b"), List.of(cell, NumericArray.scalar(1), HANDLE, HANDLE));

        assertRefused(cell, "lhs[0][1]: a function handle has no JSON form");
        assertRefused(structs, "lhs[0].a[0][1]: a function handle has no JSON form");
    }

    @Test
    void refusesToFillALargeSparseMatrix() {
        assertRefused(
                sparse(50_000_001),
                "lhs[0]: a sparse 1x50000001 matrix has no JSON form but the full one, which may have 50000000"
                        + " elements; return [i, j, v] = find (x) instead");
        assertThatNoException().isThrownBy(() -> check(sparse(50_000_000)));
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThatNoException().isThrownBy(() -> check(nested(ValueLimits.MAX_NESTING)));
        assertRefused(
                nested(ValueLimits.MAX_NESTING + 1),
                "lhs[0]" + "[0]".repeat(ValueLimits.MAX_NESTING + 1) + ": nested deeper than 128 levels");
    }

    private static OctaveValue sparse(long columns) {
        return new SparseMatrix(
                Dimensions.row(columns), SparseMatrix.Kind.DOUBLE, Elements.NONE, Elements.NONE, Elements.NONE);
    }

    private static OctaveValue nested(int levels) {
        OctaveValue value = NumericArray.scalar(1);
        for (int i = 0; i < levels; i++) {
            value = new CellArray(Dimensions.SCALAR, List.of(value));
        }
        return value;
    }

    private static void check(OctaveValue value) {
        new JsonValueWriter(OutputFormat.DEFAULT).check(List.of(value), "lhs");
    }

    private static void assertRefused(OctaveValue value, String message) {
        assertThatExceptionOfType(OpsException.class)
                .isThrownBy(() -> check(value))
                .withMessage(message)
                .asInstanceOf(throwable(OpsException.class))
                .extracting(OpsException::code)
                .isEqualTo(ErrorCode.UNSUPPORTED_OUTPUT);
    }
}
