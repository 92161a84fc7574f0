package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.OpsException;

class BundleNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "linear-algebra", "Stats_2.x", "apis"})
    void keepsAllowedNamesAsGiven(String name) {
        assertThat(new BundleName(name)).hasToString(name);
        assertThat(BundleName.find(name)).contains(new BundleName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", ".a", "a/b", "a b", "a\n", "..", "~a", "a@1", "é", "a\u0000"})
    void refusesNamesThatAreNoUrlSegmentOrDirectory(String name) {
        assertThatThrownBy(() -> new BundleName(name))
                .isInstanceOf(OpsException.class)
                .hasMessageContaining("a name is a letter, then");
        assertThat(BundleName.find(name)).isEmpty();
    }

    @Test
    void refusesANameOf65Characters() {
        assertThat(BundleName.find("a".repeat(64))).isPresent();
        assertThat(BundleName.find("a".repeat(65))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "ui", "ogc", "wps", "jupyter", "pipelines", "mcp", "API", "release.json"})
    void refusesReservedNames(String name) {
        assertThatThrownBy(() -> new BundleName(name)).hasMessageContaining("reserved for OPS itself");
        assertThat(BundleName.find(name)).isEmpty();
    }

    @Test
    void hidesControlCharactersInItsMessage() {
        assertThatThrownBy(() -> new BundleName("a\r\nforged=log"))
                .hasMessageContaining("\"a\\u000d\\u000aforged=log\"");
    }
}
