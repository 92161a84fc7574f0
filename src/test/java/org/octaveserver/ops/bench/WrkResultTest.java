package org.octaveserver.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrkResultTest {
    private static final String CLEAN = """
            Running 3s test @ http://127.0.0.1:44361/x
              1 threads and 8 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency    21.65ms   59.07ms 458.95ms   90.30%
                Req/Sec    28.20k    22.86k   70.25k    59.26%
              Latency Distribution
                 50%  137.00us
                 75%    4.25ms
                 90%   76.86ms
                 99%    1.28s\s
              76237 requests in 3.09s, 11.86MB read
            Requests/sec:  24678.14
            Transfer/sec:      3.84MB
            """;

    @Test
    void readsACleanRun() {
        WrkResult result = WrkResult.parse(CLEAN);
        assertThat(result).isEqualTo(new WrkResult(24678.14, 137, 1_280_000, 458_950, 76_237, 0, 0));
        assertThat(result.isClean()).isTrue();
    }

    @Test
    void countsWhatWasRefused() {
        WrkResult result = WrkResult.parse(CLEAN + "  Non-2xx or 3xx responses: 12\n");
        assertThat(result.refused()).isEqualTo(12);
        assertThat(result.isClean()).isFalse();
    }

    @Test
    void countsEveryKindOfBrokenConnection() {
        WrkResult result = WrkResult.parse(CLEAN + "  Socket errors: connect 1, read 20, write 300, timeout 4000\n");
        assertThat(result.broken()).isEqualTo(4321);
        assertThat(result.isClean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"250.00us, 250", "2.50ms, 2500", "1.00s, 1000000", "2.00m, 120000000", "1.00h, 3600000000"})
    void knowsTheUnitsOfTime(String written, double microseconds) {
        assertThat(WrkResult.parse(CLEAN.replace("137.00us", written)).median()).isEqualTo(microseconds);
    }

    @ParameterizedTest
    @CsvSource({"''", "unable to connect to 127.0.0.1:1 Connection refused"})
    void saysWhatCameInThePlaceOfAResult(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WrkResult.parse(text))
                .withMessage("wrk gave no result: " + text);
    }
}
