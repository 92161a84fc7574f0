package org.octaveserver.ops.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0s, PT0S",
        "1ms, PT0.001S",
        "500MS, PT0.5S",
        "30s, PT30S",
        "5m, PT5M",
        "' 5 m ', PT5M",
        "12h, PT12H",
        "7d, P7D",
        "3650d, P3650D"
    })
    void readsANumberWithItsUnit(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "30",
                "-1s",
                "+1s",
                "1.5s",
                "1w",
                "1min",
                "1s 1ms",
                "PT30S",
                "\u0663s",
                "3651d",
                "87601h",
                "999999999999d",
                "9999999999999s"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("\"" + text + "\"");
    }

    @Test
    void readsNoneWhoseNanosecondsOverflow() {
        assertThat(System.nanoTime() + Durations.parse("3650d").toNanos()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1, ms, 1ms", "90000, ms, 90s", "60, s, 1m", "999999999, h, 999999999h", "2, d, 48h", "0, s, 0s"})
    void writesTheLargestUnitUpToHoursOfAnyLength(long amount, String unit, String text) {
        assertThat(Durations.text(Durations.of(amount, unit))).isEqualTo(text);
    }

    @Test
    void knowsNoOtherUnits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.of(1, "S"))
                .withMessageContaining("\"S\"");
    }
}
