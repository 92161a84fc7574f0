package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
    private static final byte[] ONE = WorkerFrames.concat(
            new byte[] {1, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0},
            WorkerFrames.text("a name"),
            WorkerFrames.text(""),
            WorkerFrames.text("PNG"));

    private static List<Figure> read(byte[] payload, FigureFormat asked) throws IOException {
        Frame frame = WorkerFrames.reader(WorkerFrames.frame(FrameKind.FIGURES, 3, payload))
                .read();
        return Figure.read(frame, 3, asked);
    }

    @Test
    void isReadWithWhatItSays() throws IOException {
        Figure one = read(ONE, FigureFormat.PNG).get(0);

        assertThat(one.number()).isEqualTo(7);
        assertThat(one.name()).isEqualTo("a name");
        assertThat(one.problem()).isEmpty();
        assertThat(one.picture()).isEqualTo(WorkerFrames.ascii("PNG"));
    }

    @Test
    void thatNobodyAskedForIsRefused() {
        assertThatThrownBy(() -> read(ONE, FigureFormat.NONE)).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> read(ONE, FigureFormat.SVG)).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> Figure.read(new Frame(FrameKind.FIGURES, 2, ONE), 3, FigureFormat.PNG))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("request 2");
    }

    @Test
    void thatIsCutOffOrTooLongIsRefused() {
        for (int length = 0; length < ONE.length; length++) {
            byte[] cut = Arrays.copyOf(ONE, length);
            assertThatThrownBy(() -> read(cut, FigureFormat.PNG)).isInstanceOf(WireException.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(ONE, ONE.length + 1), FigureFormat.PNG))
                .isInstanceOf(WireException.class);
    }
}
