package org.octaveserver.ops.web.mps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyHeaderTest {
    @Test
    void readsStringsOfStructuredFieldsAndBareTexts() {
        assertThat(IdempotencyHeader.parse("\"8e03978e-40d5\"")).contains("8e03978e-40d5");
        assertThat(IdempotencyHeader.parse("8e03978e-40d5")).contains("8e03978e-40d5");
        assertThat(IdempotencyHeader.parse("\"a b, c;d\"")).contains("a b, c;d");
        assertThat(IdempotencyHeader.parse("\"a\\\"b\\\\c\"")).contains("a\"b\\c");
        assertThat(IdempotencyHeader.parse("YWJj+/==")).contains("YWJj+/==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"\"",
                "\"",
                "\"a",
                "a\"",
                "a b",
                "a,b",
                "\"a\";b=1",
                "\"\\a\"",
                "\"ä\"",
                "ä",
                "\"\t\"",
                "a\\"
            })
    void refusesOthers(String value) {
        assertThat(IdempotencyHeader.parse(value)).isEmpty();
    }

    @Test
    void countsWhatIsLeftWithoutEscapes() {
        assertThat(IdempotencyHeader.parse("\"" + "\\\\".repeat(255) + "\"")).contains("\\".repeat(255));
        assertThat(IdempotencyHeader.parse("a".repeat(255))).isPresent();
        assertThat(IdempotencyHeader.parse("a".repeat(256))).isEmpty();
        assertThat(IdempotencyHeader.parse("\"" + "\\\\".repeat(256) + "\"")).isEmpty();
        assertThat(IdempotencyHeader.parse("\"" + "a".repeat(1_000_000) + "\"")).isEmpty();
    }
}
