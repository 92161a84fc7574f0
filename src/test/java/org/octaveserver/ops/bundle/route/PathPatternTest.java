package org.octaveserver.ops.bundle.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "^/hello/.*, /hello/world, true",
        "^/hello/.*, /hello, false",
        "^/spec, /spec/x, true",
        "/v3/.*, /api2/v3/x, true",
        "^/ping$, /ping/, false",
        "^/ping$, /PING, false",
        "(?i)^/ping$, /PING, true",
        "^/grün$, /grün, true"
    })
    void isSearchedForInThePath(String expression, String path, boolean found) {
        assertThat(PathPattern.of(expression).find(path).isPresent()).isEqualTo(found);
    }

    @Test
    void answersItsFirstGroup() {
        assertThat(PathPattern.of("^/app/(.*)$").find("/app/a/b.css")).contains("a/b.css");
        assertThat(PathPattern.of("^/app(?:/(.*))?$").find("/app")).contains("");
        assertThat(PathPattern.of("^/app").find("/app/a")).contains("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*a){20}$", "([a-z]+)*X$", "(a*)*b"})
    void takesNoLongerForExpressionsThatRuinBacktrackers(String expression) {
        PathPattern pattern = PathPattern.of(expression);
        String path = "/" + "a".repeat(5000) + "!";
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThat(pattern.find(path)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a**", "[", "a{2,1}", "(?=a)", "(?<!a)b", "(a)\\1", "\\", "a{1001}", "(?z)"})
    void refusesWhatRe2DoesNotKnow(String expression) {
        assertThatThrownBy(() -> PathPattern.of(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RE2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"((a{1000}){1000}){1000}", "(((a{100}){100}){100}){100}", "(a{1000}){500}", "(a{0,1000}){1000}"})
    void refusesARepetitionThatWouldFillTheMemory(String expression) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> PathPattern.of(expression))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("repeats too much"));
    }

    @Test
    void refusesOneThatIsTooLargeAndTakesOneThatIsNot() {
        assertThatThrownBy(() -> PathPattern.of("(a{100}b{100}c{3}){20}")).hasMessageContaining("repeats too much");
        assertThatThrownBy(() -> PathPattern.of("(.{50}){50}")).hasMessageContaining("too large");
        assertThatThrownBy(() -> PathPattern.of("a".repeat(1001))).hasMessageContaining("1001 characters");
        assertThat(PathPattern.of("^/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
                        .find("/01234567-89ab-cdef-0123-456789abcdef"))
                .isPresent();
    }

    @Test
    void isEqualToOneOfTheSameText() {
        assertThat(PathPattern.of("^/a$")).isEqualTo(PathPattern.of("^/a$")).hasSameHashCodeAs(PathPattern.of("^/a$"));
        assertThat(PathPattern.of("^/a$")).isNotEqualTo(PathPattern.of("^/b$")).hasToString("^/a$");
    }
}
