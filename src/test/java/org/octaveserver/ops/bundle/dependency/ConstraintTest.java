package org.octaveserver.ops.bundle.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {
    @ParameterizedTest
    @CsvSource({
        "io, 0.0.0, true",
        "io (>= 1.4), 1.4.0, true",
        "io (>=1.4), 1.3.9, false",
        "io ( > 1.4 ), 1.4.0, false",
        "io (<= 1.10), 1.9, true",
        "io (< 1.10), 1.10.0, false",
        "io (== 2), 2.0.0, true",
        "io (= 2), 2.0.1, false",
        "io (>= 1) (< 2), 1.9.9, true",
        "io (>= 1) (< 2), 2.0, false",
        "io (>= 2.0), 2.0.0-rc.1, false",
        "io (< 2.0), 2.0.0~beta, true",
        "io (> 2.1.0), 2.1.0+, true",
        "io (>= 007), 7, true",
    })
    void admitsWhatItsBoundsAllow(String text, String version, boolean fits) {
        assertThat(Constraint.parse(text).orElseThrow().admits(new PackageVersion(version)))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(>= 1)",
                "io >= 1",
                "io (1)",
                "io (=> 1)",
                "io (>= )",
                "io (>= 1",
                "io (>= 1) x",
                "1io",
                "io, x"
            })
    void refusesWhatIsNoConstraint(String text) {
        assertThat(Constraint.parse(text)).isEmpty();
    }

    @Test
    void readsAsItIsWritten() {
        assertThat(Constraint.parse(" IO (>=1)( < 2 ) ").orElseThrow()).hasToString("io (>= 1) (< 2)");
        assertThat(Constraint.parse("linear-algebra").orElseThrow()).hasToString("linear-algebra");
    }

    @Test
    void equalVersionsHaveEqualHashes() {
        assertThat(new PackageVersion("1.0"))
                .isEqualTo(new PackageVersion("01.0.0"))
                .hasSameHashCodeAs(new PackageVersion("01.0.0"));
        assertThat(new PackageVersion("10")).isNotEqualTo(new PackageVersion("1"));
    }
}
