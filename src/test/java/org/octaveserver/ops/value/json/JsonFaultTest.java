package org.octaveserver.ops.value.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFaultTest {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static String reason(String text) {
        return JsonFault.reason(catchThrowableOfType(JsonProcessingException.class, () -> JSON.readTree(text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | the text ends before the JSON does",
                "[\"a | the text ends before the JSON does",
                "{} x | Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
                "{} {} | something follows after the end of the JSON",
                "{a:1} | Unexpected character ('a' (code 97)): was expecting double-quote to start field name",
                "{\"a\":1,\"a\":2} | Duplicate field 'a'",
                "// x | Unexpected character ('/' (code 47)): maybe a (non-standard) comment?",
                "[NaN] | Non-standard token 'NaN'"
            })
    void saysItInWordsForWhoWroteTheText(String text, String reason) {
        assertThat(reason(text)).isEqualTo(reason);
    }

    @Test
    void namesLimitsButNotWhoHasThem() {
        assertThat(reason("[".repeat(2000)))
                .isEqualTo("Document nesting depth (1001) exceeds the maximum allowed (1000)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{} {}", "[01]", "[+1]", "[.5]", "['a']", "\"\\q\"", "\"a\tb\"", "[1,]", "[-Inf]", "}"})
    void tellsNothingOfTheParser(String text) {
        assertThat(reason(text)).isNotBlank().doesNotContain("`", "Source", "Feature", "StreamRead", "fasterxml", "\n");
    }
}
