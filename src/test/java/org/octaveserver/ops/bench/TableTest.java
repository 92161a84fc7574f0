package org.octaveserver.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsItsColumns() {
        assertThat(Table.of(List.of(
                        Row.of("small", Row.rate(12_345.6), "other: 1/s", 0.666).goal("at least 0.6", true),
                        Row.of("memory", Row.megabytes(1234.2)))))
                .isEqualTo("""
                        | scenario | figure   | compared with | ratio | goal         | reached |
                        | -------- | -------- | ------------- | ----- | ------------ | ------- |
                        | small    | 12,346/s | other: 1/s    | 0.67  | at least 0.6 | yes     |
                        | memory   | 1,234 MB |               |       |              |         |
                        """);
    }

    @Test
    void hasOnlyItsHeadWithoutRows() {
        assertThat(Table.of(List.of())).hasLineCount(2).startsWith("| scenario | figure |");
    }

    @Test
    void tellsAGoalThatIsMissedFromAScenarioThatFailed() {
        assertThat(Row.of("a", "1").goal("2", false).verdict()).isEqualTo(Row.Verdict.MISSED);
        assertThat(Row.of("a", "1").goal("2", false).failedWhen(false, "b").verdict())
                .isEqualTo(Row.Verdict.MISSED);
        assertThat(Row.of("a", "1").goal("2", true).failedWhen(true, "b"))
                .isEqualTo(new Row("a", "1; b", "", "", "2", Row.Verdict.FAILED));
    }

    @Test
    void namesTheReasonOfAFailureInOneLine() {
        assertThat(Row.failed("a", new IOException("first\nsecond")).figure()).isEqualTo("first");
        assertThat(Row.failed("a", new IOException("x".repeat(1000))).figure()).hasSize(160);
        assertThat(Row.failed("a", new IllegalStateException()).figure()).contains("IllegalStateException");
    }

    @Test
    void writesTimesInTheirUnits() {
        assertThat(Row.time(12.3)).isEqualTo("12 us");
        assertThat(Row.time(12_345)).isEqualTo("12.3 ms");
        assertThat(Row.time(1_234_567)).isEqualTo("1,235 ms");
        assertThat(Row.rate(9.87)).isEqualTo("9.9/s");
    }
}
