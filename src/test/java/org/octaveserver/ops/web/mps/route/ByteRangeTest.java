package org.octaveserver.ops.web.mps.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1, bytes 0-0/10",
        "bytes=2-5, 2, 4, bytes 2-5/10",
        "bytes=7-, 7, 3, bytes 7-9/10",
        "bytes=7-100, 7, 3, bytes 7-9/10",
        "bytes=-3, 7, 3, bytes 7-9/10",
        "bytes=-100, 0, 10, bytes 0-9/10",
        "' bytes=0-9 ', 0, 10, bytes 0-9/10",
        "bytes=10-, 10, 0, bytes */10",
        "bytes=10-20, 10, 0, bytes */10",
        "bytes=-0, 10, 0, bytes */10"
    })
    void readsOneRange(String header, long first, long length, String text) {
        ByteRange range = ByteRange.of(header, 10).orElseThrow();
        assertThat(range).isEqualTo(new ByteRange(first, length));
        assertThat(range.text(10)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=5-2",
                "bytes=0-1,3-4",
                "lines=1-2",
                "bytes=a-b",
                "bytes=--1",
                "bytes=0-99999999999999999999"
            })
    void ignoresWhatIsNoSingleRange(String header) {
        assertThat(ByteRange.of(header, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=-1", "bytes=0-0"})
    void hasNothingToGiveOfAnEmptyFile(String header) {
        assertThat(ByteRange.of(header, 0))
                .hasValueSatisfying(range -> assertThat(range.length()).isZero());
    }
}
