package org.octaveserver.ops.web.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.settings.SettingsException;

class CorsPolicyTest {
    private static CorsPolicy of(String... origins) {
        return CorsPolicy.of(Optional.of(List.of(origins)));
    }

    @Test
    void isOffByItself() {
        CorsPolicy off = CorsPolicy.of(Optional.empty());
        assertThat(off.isOn()).isFalse();
        assertThat(off.allows("http://localhost")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example, true",
        "https://a.example, https://A.EXAMPLE, true",
        "https://A.example:443, https://a.example, true",
        "http://a.example:80, http://a.example, true",
        "http://a.example, http://a.example:80, true",
        "https://a.example, http://a.example, false",
        "https://a.example, https://a.example:8443, false",
        "https://a.example:8443, https://a.example:8443, true",
        "https://a.example, https://b.a.example, false",
        "https://a.example, https://a.example.evil.com, false",
        "https://a.example, https://a.example/, false",
        "https://a.example, null, false",
        "https://a.example, '', false",
        "https://a.example, https://evil.com https://a.example, false",
        "http://[::1]:3000, http://[::1]:3000, true",
        "chrome-extension://abcdef, chrome-extension://abcdef, true"
    })
    void allowsExactlyTheOriginsOfTheSetting(String setting, String origin, boolean allowed) {
        CorsPolicy policy = of(setting);
        assertThat(policy.isOn()).isTrue();
        assertThat(policy.allowsAll()).isFalse();
        assertThat(policy.allows(origin)).isEqualTo(allowed);
    }

    @Test
    void allowsAllWithAStar() {
        assertThat(of("*").allows("null")).isTrue();
        assertThat(of("*").allowsAll()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.example",
                "https://",
                "https://a.example/",
                "https://a.example/x",
                "https://*.example",
                "https://a.example:99999",
                "https://a.example:x",
                "https://u@a.example",
                "null",
                "//a.example",
                "https://a.example?x"
            })
    void refusesWhatIsNoOriginAndNamesTheSetting(String entry) {
        assertThatThrownBy(() -> of("https://ok.example", entry))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "ops.http.cors-allowed-origins: \"" + entry + "\" is no origin; expected scheme://");
    }

    @Test
    void takesAStarOnlyAlone() {
        assertThatThrownBy(() -> of("*", "https://a.example")).hasMessageContaining("* alone");
    }
}
