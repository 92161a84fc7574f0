package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.FigureFormat;

class StoredOutcomeTest {
    private static final CallOutcome THREW = new CallOutcome.Threw(
            "demo:bad", "größer", List.of(new CallOutcome.Frame("f.m", "f", 3), new CallOutcome.Frame("", "g", 0)), "");

    private static byte[] stored(CallOutcome outcome) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoredOutcome.write(outcome, out);
        return out.toByteArray();
    }

    @Test
    void keepsOutputs() throws IOException {
        CallOutcome returned =
                new CallOutcome.Returned(List.of(CharArray.row("a"), CharArray.row("")), "", Optional.empty());

        assertThat(StoredOutcome.read(stored(returned), "")).isEqualTo(returned);
    }

    @Test
    void keepsFigures() throws IOException {
        Figure one = new Figure(1, "name", FigureFormat.PNG, new byte[] {1, 2, 3}, "");
        Figure none = new Figure(2, "", FigureFormat.PNG, new byte[0], "could not be drawn");
        CallOutcome returned = new CallOutcome.Returned(List.of(), "", Optional.of(List.of(one, none)));

        CallOutcome.Returned read = (CallOutcome.Returned) StoredOutcome.read(stored(returned), "");
        assertThat(read.figures().orElseThrow())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(one, none);
    }

    @Test
    void toldApartAreNoFiguresAndNoneAskedFor() throws IOException {
        CallOutcome returned = new CallOutcome.Returned(List.of(), "", Optional.of(List.of()));

        assertThat(StoredOutcome.read(stored(returned), "")).isEqualTo(returned);
    }

    @Test
    void keepsErrors() throws IOException {
        assertThat(StoredOutcome.read(stored(THREW), "")).isEqualTo(THREW);
    }

    @Test
    void refusesWhatIsCutOrOfAnotherVersion() throws IOException {
        byte[] whole = stored(THREW);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> StoredOutcome.read(cut, ""))
                    .isInstanceOf(OpsException.class)
                    .hasMessageStartingWith("the result that was kept cannot be read");
        }
        byte[] newer = whole.clone();
        newer[0] = 9;
        assertThatThrownBy(() -> StoredOutcome.read(newer, "")).hasMessageContaining("version 9");
    }
}
