package org.octaveserver.ops.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "1B, 1",
        "1KB, 1024",
        "512MB, 536870912",
        "512 mb, 536870912",
        "' 1Gb ', 1073741824",
        "2TB, 2199023255552",
        "8388607TB, 9223370937343148032",
        "999999999999999B, 999999999999999"
    })
    void readsANumberWithItsUnit(String text, long bytes) {
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "MB",
                "64",
                "64M",
                "64MiB",
                "6.4MB",
                "-1MB",
                "+1MB",
                "1,024KB",
                "1e3KB",
                "64PB",
                "64MB!",
                "0x1KB",
                "\u0661MB",
                "1000000000000000B",
                "8388608TB",
                "999999999999999TB",
                "64\nMB MB"
            })
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessageContaining("\"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0B", "1B", "1023B", "1KB", "1025B", "64MB", "3GB", "2048TB"})
    void writesItselfAsItIsRead(String text) {
        assertThat(DataSize.parse(text)).hasToString(text);
    }

    @Test
    void fitsAnIntWhenItMust() {
        assertThat(DataSize.parse("2047MB").intBytes()).isEqualTo(2047 << 20);
        assertThat(DataSize.parse("2GB").intBytes()).isEqualTo(Integer.MAX_VALUE);
    }
}
