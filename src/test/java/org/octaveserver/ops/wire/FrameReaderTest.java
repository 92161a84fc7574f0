package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final byte[] PAYLOAD = {1, 2, 3, 4, 5};
    private static final byte[] FRAME = WorkerFrames.frame(FrameKind.RESULT, 7, PAYLOAD);

    private static FrameReader over(InputStream in) {
        return new FrameReader(in, 1 << 20);
    }

    @Test
    void readsFrameAfterFrame() throws IOException {
        FrameReader reader = WorkerFrames.reader(FRAME, WorkerFrames.bare(FrameKind.READY, 8));

        Frame first = reader.read();
        Frame second = reader.read();

        assertThat(first.kind()).isEqualTo(FrameKind.RESULT);
        assertThat(first.number()).isEqualTo(7);
        assertThat(first.payload()).isEqualTo(PAYLOAD);
        assertThat(second.kind()).isEqualTo(FrameKind.READY);
        assertThat(second.number()).isEqualTo(8);
        assertThat(second.payload()).isEmpty();
    }

    @Test
    void readsAFrameThatArrivesByteByByte() throws IOException {
        InputStream slow = new ByteArrayInputStream(FRAME) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };

        assertThat(over(slow).read().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void readsAPayloadLargerThanItsFirstChunk() throws IOException {
        byte[] large = new byte[(3 << 20) + 17];
        new Random(1).nextBytes(large);
        InputStream in = new ByteArrayInputStream(WorkerFrames.frame(FrameKind.RESULT, 1, large));

        assertThat(new FrameReader(in, 4 << 20).read().payload()).isEqualTo(large);
    }

    @Test
    void everyTruncationIsTheEndOfTheStream() {
        for (int length = 0; length < FRAME.length; length++) {
            byte[] part = Arrays.copyOf(FRAME, length);

            assertThatThrownBy(() -> WorkerFrames.reader(part).read())
                    .as("%d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void tellsHowMuchOfAFrameCame() {
        assertThatThrownBy(() -> WorkerFrames.reader(Arrays.copyOf(FRAME, FRAME.length - 1))
                        .read())
                .hasMessage("a frame ended after 4 of 5 bytes");
        assertThatThrownBy(() -> WorkerFrames.reader(Arrays.copyOf(FRAME, 9)).read())
                .hasMessage("the stream ended after 9 bytes of a frame's header");
    }

    @Test
    void refusesWhatDoesNotBeginWithTheMagic() {
        for (int at = 0; at < 4; at++) {
            byte[] wrong = FRAME.clone();
            wrong[at] ^= 0x20;

            assertThatThrownBy(() -> WorkerFrames.reader(wrong).read())
                    .isInstanceOf(WireException.class)
                    .hasMessageStartingWith("not a frame: ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, 255, 256, 0x0110 + 5, 0xffff})
    void refusesKindsThatAreNone(int kind) {
        assertThatThrownBy(() ->
                        WorkerFrames.reader(WorkerFrames.header(kind, 1, 0)).read())
                .isInstanceOf(WireException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {(1 << 20) + 1, 1L << 32, (1L << 32) + 5, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void refusesLengthsAboveTheLimitWithoutReadingOn(long length) {
        InputStream in = new ByteArrayInputStream(
                WorkerFrames.concat(WorkerFrames.header(FrameKind.RESULT.number(), 1, length), PAYLOAD));

        assertThatThrownBy(() -> over(in).read())
                .asInstanceOf(type(FrameTooLargeException.class))
                .satisfies(e -> assertThat(e.length()).isEqualTo(length))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(1 << 20))
                .extracting(Throwable::getMessage)
                .asString()
                .contains(Long.toUnsignedString(length));
        assertThat(in).isNotEmpty();
    }

    @Test
    void takesALengthThatIsJustTheLimit() throws IOException {
        byte[] most = new byte[1 << 20];

        assertThat(WorkerFrames.reader(WorkerFrames.frame(FrameKind.RESULT, 1, most))
                        .read()
                        .payload())
                .hasSize(1 << 20);
    }

    @Test
    void aHugeLengthBeforeAShortStreamCostsNothing() {
        byte[] short1 = WorkerFrames.concat(WorkerFrames.header(5, 1, Integer.MAX_VALUE), new byte[1000]);
        FrameReader reader = new FrameReader(new ByteArrayInputStream(short1), Integer.MAX_VALUE);

        long before = Allocations.ofThisThread();
        assertThatThrownBy(reader::read).isInstanceOf(IOException.class);

        assertThat(Allocations.ofThisThread() - before).isLessThan(4 << 20);
    }

    @Test
    void refusesALengthThatNoJavaArrayHolds() {
        byte[] header = WorkerFrames.header(5, 1, Integer.MAX_VALUE);

        assertThatThrownBy(() -> new FrameReader(new ByteArrayInputStream(header), Integer.MAX_VALUE).read())
                .isInstanceOf(FrameTooLargeException.class);
    }

    @Test
    void readsNumbersAsFarAsTheyGo() throws IOException {
        assertThat(WorkerFrames.reader(WorkerFrames.bare(FrameKind.PONG, -1))
                        .read()
                        .number())
                .isEqualTo(-1);
    }
}
