package org.octaveserver.ops.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.Dimensions;
import org.octaveserver.ops.value.Elements;
import org.octaveserver.ops.value.FunctionHandle;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.OctaveValues;
import org.octaveserver.ops.value.SparseMatrix;
import org.octaveserver.ops.value.StructArray;

class ValuePrinterTest {
    @Test
    void alignsTheColumnsOfAMatrix() {
        assertThat(Shown.of(NumericArray.doubles(Dimensions.of(2, 2), 1, -20, 300, 4)))
                .isEqualTo("""
                        ans =

                             1   300
                           -20     4

                        """);
    }

    @Test
    void indentsACharMatrixInAStruct() {
        OctaveValue text = new CharArray(Dimensions.of(2, 2), Elements.wrap(new byte[] {'a', 'c', 'b', 'd'}));
        assertThat(Shown.of(StructArray.scalar(Map.of("t", text)))).isEqualTo("""
                        ans =

                          scalar structure containing the fields:

                            t =

                            ab
                            cd


                        """);
    }

    @Test
    void showsEveryFieldOfADeeplyNestedStruct() {
        OctaveValue value = NumericArray.scalar(7);
        for (int i = 0; i < 20; i++) {
            value = StructArray.scalar(Map.of("f", value));
        }
        assertThat(Shown.of(value)).contains("f = 7\n");
    }

    @Test
    void listsTheStoredElementsOfASparseMatrix() {
        SparseMatrix sparse = new SparseMatrix(
                Dimensions.of(2, 2),
                SparseMatrix.Kind.DOUBLE,
                Elements.ofLongs(0, 1),
                Elements.ofLongs(0, 1),
                Elements.ofDoubles(1.5, -2));
        assertThat(Shown.of(sparse)).contains("rows = 2, cols = 2, nnz = 2", "(1, 1) -> 1.5000\n", "(2, 2) -> -2\n");
    }

    @Test
    void showsAFunctionHandleAsItsText() {
        assertThat(Shown.of(new FunctionHandle("@(x) x + 1"))).isEqualTo("ans = @(x) x + 1\n");
    }

    @Test
    void makesControlCharactersVisible() {
        assertThat(Shown.of(CharArray.row("\033]0;owned\007 \u009b31m")))
                .isEqualTo("ans = \\x1b]0;owned\\x07 \\x9b31m\n");
        assertThat(Shown.of(new StructArray(Dimensions.row(2), List.of("\033[2J"), List.of(EMPTY, EMPTY))))
                .doesNotContain("\033");
    }

    @Test
    void keepsCellsApart() {
        assertThat(Shown.of(new CellArray(Dimensions.row(2), List.of(EMPTY, CharArray.row("")))))
                .isEqualTo("""
                        ans =
                        {
                          [1,1] = [](0x0)
                          [1,2] =\s
                        }

                        """);
    }

    private static final OctaveValue EMPTY = NumericArray.doubles(Dimensions.EMPTY);

    @Property(tries = 300)
    void showsWhateverOctaveCanAnswer(@ForAll("values") OctaveValue value) {
        assertThat(Shown.of(value)).startsWith("ans =").endsWith("\n");
    }

    @Provide
    Arbitrary<OctaveValue> values() {
        return OctaveValues.any();
    }
}
