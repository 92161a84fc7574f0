package org.octaveserver.ops.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {
    private static String line(double fraction, String message, int columns) {
        return ProgressBar.line(new JobProgress("RUNNING", fraction, message), columns);
    }

    @Test
    void isEmptyAtTheBeginningAndFullOnlyAtTheEnd() {
        assertThat(line(0, "", 30)).isEqualTo("[..........]   0 %  RUNNING");
        assertThat(line(0.999, "nearly", 30)).isEqualTo("[#########.]  99 %  nearly");
        assertThat(line(1, "done", 30)).isEqualTo("[##########] 100 %  done");
    }

    @Test
    void tellsTheStateWhereThereIsNoMessage() {
        assertThat(ProgressBar.line(new JobProgress("QUEUED", 0, ""), 80)).endsWith("   0 %  QUEUED");
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "2,100", "NaN,0"})
    void staysWithinItsEndsWhateverTheServerTells(double fraction, int percent) {
        assertThat(line(fraction, "m", 80)).contains(" " + percent + " %  m");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 29, 30, 40, 80, 200})
    void isShorterThanTheTerminal(int columns) {
        assertThat(TextWidth.of(line(0.5, "message ".repeat(100), columns))).isEqualTo(columns - 1);
        assertThat(TextWidth.of(line(0.5, "\u6f22\u5b57".repeat(100), columns))).isBetween(columns - 2, columns - 1);
    }

    @Test
    void hasNoBarWhereThereIsNoRoomForOne() {
        assertThat(line(0.5, "half of it is done", 20)).isEqualTo(" 50 %  half of i...");
    }

    @Test
    void writesAMessageInOneLine() {
        assertThat(line(0.5, "a\tb\nc", 80)).endsWith("  a b c");
    }

    @ParameterizedTest
    @CsvSource({"abc,3", "\u00e4,1", "a\u0308,1", "\u6f22\u5b57,4", "\ud83d\ude00,2", "\u200b,0", "\uff21,2", "'',0"})
    void countsColumnsAsTerminalsDo(String text, int columns) {
        assertThat(TextWidth.of(text)).isEqualTo(columns);
    }

    @Test
    void tabsLeadToTheNextMultipleOfEight() {
        assertThat(TextWidth.of("a\tb")).isEqualTo(9);
        assertThat(TextWidth.after(8, "\t")).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({"abc,3,abc", "abcd,3,...", "abcdef,5,ab...", "abc,2,..", "\ud83d\ude00x\ud83d\ude00y,5,\ud83d\ude00..."
    })
    void leavesOutTheEndOfWhatIsTooLong(String text, int columns, String fitted) {
        assertThat(TextWidth.fitted(text, columns)).isEqualTo(fitted);
    }
}
