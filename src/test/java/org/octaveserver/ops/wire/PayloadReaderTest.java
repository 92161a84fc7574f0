package org.octaveserver.ops.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.value.Elements;

class PayloadReaderTest {
    private static PayloadReader over(int... bytes) {
        byte[] payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        return new PayloadReader(payload);
    }

    @Test
    void readsNumbersLittleEndian() throws WireException {
        assertThat(over(0x34, 0x82).number16()).isEqualTo(0x8234);
        assertThat(over(1, 2, 3, 0x84).number32()).isEqualTo(0x84030201);
        assertThat(over(1, 2, 3, 4, 5, 6, 7, 0x88).number64()).isEqualTo(0x8807060504030201L);
    }

    @Test
    void refusesNumbersThatAreCutOff() {
        assertThatThrownBy(() -> over(1).number16()).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> over(1, 2, 3).number32()).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> over(1, 2, 3, 4, 5, 6, 7).number64()).isInstanceOf(WireException.class);
    }

    @Test
    void takesAsManyItemsAsTheRestHolds() throws IOException {
        PayloadReader payload = over(2, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9);

        assertThat(payload.count(4)).isEqualTo(2);
    }

    @Test
    void refusesMoreItemsThanTheRestHolds() {
        assertThatThrownBy(() -> over(3, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9).count(4))
                .isInstanceOf(WireException.class)
                .hasMessage("3 items of at least 4 bytes do not fit in the remaining 8");
        assertThatThrownBy(() -> over(0xff, 0xff, 0xff, 0xff, 1).count(1))
                .isInstanceOf(WireException.class)
                .hasMessageStartingWith("4294967295 items");
        assertThatThrownBy(() -> over(1).checkedCount(-1, 1)).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> over(1).checkedCount(Long.MAX_VALUE, 16)).isInstanceOf(WireException.class);
    }

    @Test
    void readsTextAsUtf8() throws WireException {
        assertThat(new PayloadReader(WorkerFrames.text("a日\uD83D\uDE00")).text())
                .isEqualTo("a日\uD83D\uDE00");
        assertThat(new PayloadReader(WorkerFrames.text("")).text()).isEmpty();
    }

    @Test
    void replacesWhatIsNoUtf8() throws WireException {
        assertThat(over(3, 0, 0, 0, 'a', 0xff, 'b').text()).isEqualTo("a\ufffdb");
    }

    @Test
    void refusesTextThatIsCutOff() {
        assertThatThrownBy(() -> over(2, 0, 0, 0, 'a').text()).isInstanceOf(WireException.class);
    }

    @Test
    void elementsAreAViewOfThePayload() throws WireException {
        PayloadReader payload = over(0xaa, 1, 2, 3, 4, 0xbb);
        payload.elements(1, 1);

        Elements elements = payload.elements(2, 2);

        assertThat(elements.toBytes()).containsExactly(1, 2, 3, 4);
        assertThat(payload.elements(1, 1).byteAt(0)).isEqualTo((byte) 0xbb);
        payload.end();
    }

    @Test
    void refusesElementsThatOverflow() {
        assertThatThrownBy(() -> over(1, 2).elements(1L << 62, 8)).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> over(1, 2).elements((1L << 32) + 1, 1)).isInstanceOf(WireException.class);
    }

    @Test
    void refusesWhatIsLeftOver() {
        assertThatThrownBy(() -> over(1, 2).end()).hasMessage("2 bytes too many at the end of a payload");
    }
}
