package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressReportTest {
    private static ProgressReport read(byte[] bytes) throws IOException {
        return ProgressReport.read(WorkerFrames.reader(bytes).read(), 2);
    }

    private static ProgressReport read(double fraction, String message) throws IOException {
        return read(WorkerFrames.progress(2, fraction, message));
    }

    @Test
    void hasFractionAndMessage() throws IOException {
        assertThat(read(0.25, "halb \u00fcber den Berg \ud83d\ude00"))
                .isEqualTo(new ProgressReport(0.25, "halb \u00fcber den Berg \ud83d\ude00"));
        assertThat(read(0, "")).isEqualTo(new ProgressReport(0, ""));
        assertThat(read(1, "").fraction()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, -Double.MIN_VALUE, 1.0000000000000002, Double.POSITIVE_INFINITY, -1, Double.MAX_VALUE
            })
    void refusesWhatIsNoFraction(double fraction) {
        assertThatThrownBy(() -> read(fraction, ""))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("is none from 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u001b[2J", "\u0000", "\r", "x\u007f", "\u0085", "a\tb"})
    void refusesControlCharacters(String message) {
        assertThatThrownBy(() -> read(0.5, message))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("control characters");
    }

    @Test
    void aMessageHasAThousandCharactersAtMost() throws IOException {
        assertThat(read(0, "\ud83d\ude00".repeat(1000)).message()).hasSize(2000);
        assertThatThrownBy(() -> read(0, "a".repeat(1001))).hasMessageContaining("longer than 1000 characters");
    }

    @Test
    void refusesThatOfAnotherRequest() {
        assertThatThrownBy(() -> read(WorkerFrames.progress(1, 0.5, "")))
                .hasMessage("progress of request 1 came while request 2 ran");
    }

    @Test
    void refusesWhatEndsTooEarlyOrGoesOn() {
        byte[] whole = WorkerFrames.progress(2, 0.5, "ab");
        byte[] payload = Arrays.copyOfRange(whole, Protocol.HEADER_BYTES, whole.length);
        for (int length : new int[] {0, 7, 8, payload.length - 1, payload.length + 1}) {
            byte[] cut = WorkerFrames.frame(FrameKind.PROGRESS, 2, Arrays.copyOf(payload, length));
            assertThatThrownBy(() -> read(cut)).isInstanceOf(WireException.class);
        }
    }
}
