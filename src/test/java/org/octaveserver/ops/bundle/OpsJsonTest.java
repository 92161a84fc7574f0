package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class OpsJsonTest {
    @Test
    void readsAllMembers() {
        OpsJson ops =
                OpsJson.parse("{\"name\":\"n\",\"version\":\"1.0\",\"description\":\"d\",\"exports\":[\"f\",\"p.g\"],"
                        + "\"limits\":{\"timeout\":\"90s\"},\"signatures\":{\"f\":{\"x\":1.50}}}");
        assertThat(ops.name()).contains("n");
        assertThat(ops.version()).contains("1.0");
        assertThat(ops.description()).contains("d");
        assertThat(ops.exports()).contains(List.of("f", "p.g"));
        assertThat(ops.serving().timeout()).contains(Duration.ofSeconds(90));
        assertThat(ops.signatures()).contains("{\"f\":{\"x\":1.50}}");
    }

    @Test
    void hasNothingInAnEmptyObject() {
        assertThat(OpsJson.parse("{}")).isEqualTo(OpsJson.NONE);
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "30s, 30000", "2m, 120000", "1h, 3600000"})
    void readsUnitsOfTime(String text, long millis) {
        assertThat(OpsJson.parse("{\"limits\":{\"timeout\":\"" + text + "\"}}")
                        .serving()
                        .timeout())
                .contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "\"30\"", "\"0s\"", "\"-1s\"", "\"1d\"", "null", "\"9999999999s\""})
    void refusesOtherTimes(String timeout) {
        refuses("{\"limits\":{\"timeout\":" + timeout + "}}", "\"limits.timeout\" must be");
    }

    @Test
    void refusesAnUnknownMemberAndNamesTheKnown() {
        refuses(
                "{\"export\":[]}",
                "ops.json: unknown member \"export\"; known are name, version, description, exports, signatures, depends, smoke, isolation, limits, warmup, figures");
        refuses("{\"limits\":{\"time\":\"1s\"}}", "unknown member \"limits.time\"; known are limits.timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "{\"name\":\"a\"} x", "{\"name\":\"a\",\"name\":\"b\"}", "{'name':'a'}", "NaN"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> OpsJson.parse(text))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_BUNDLE));
    }

    @Test
    void saysWhereJsonBreaks() {
        refuses("{\n  \"name\": oops}", "ops.json:2:");
        refuses("{", "ops.json:1:2: not valid JSON: the text ends before the JSON does");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"f\"", "[1]", "{\"a\":\"f\"}", "null", "[null]"})
    void refusesExportsThatAreNoListOfNames(String exports) {
        refuses("{\"exports\":" + exports + "}", "\"exports\" must be an array of at least one function name");
    }

    @Test
    void refusesAnExportNamedTwice() {
        refuses("{\"exports\":[\"f\",\"f\"]}", "names a function twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":1}",
                "{\"version\":1.0}",
                "{\"description\":null}",
                "{\"limits\":1}",
                "[]",
                "{\"signatures\":[]}"
            })
    void refusesMembersOfAnotherType(String text) {
        refuses(text, "ops.json: ");
        refuses(text, "must ");
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> OpsJson.parse(text))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining(message);
    }
}
