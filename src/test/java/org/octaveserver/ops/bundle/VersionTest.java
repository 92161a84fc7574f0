package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void ordersAsSemanticVersionsAre() {
        List<Version> ordered = List.of(
                        "0.9",
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "1.0.0",
                        "1.0.0.1",
                        "1.0.2",
                        "1.0.10",
                        "1.2",
                        "2",
                        "20190101.1")
                .stream()
                .map(Version::new)
                .toList();
        List<Version> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(ordered);
    }

    @Test
    void countsAMissingNumberAsZero() {
        assertThat(new Version("1.0")).isLessThan(new Version("1.0.1"));
        assertThat(new Version("1.0.0-rc")).isLessThan(new Version("1.0"));
        assertThat(new Version("1.0.0")).isGreaterThan(new Version("1-rc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.",
                ".1",
                "1..2",
                "1.2.3.4.5",
                "v1",
                "1.0-",
                "1.0+",
                "1.0-a..b",
                "1/2",
                "1.0 ",
                "1.0\n",
                "-1"
            })
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> new Version(text)).hasMessageContaining("a version is 1 to 4 numbers");
    }

    @ParameterizedTest
    @CsvSource({"01,1", "1.00,1", "1.02,1.2", "00.1,0.1", "2022.01.05,2022.1.5", "1.0-01,1-1", "1.0-a.01.b,1-a.1.b"})
    void isOneVersionWithZerosBeforeItsNumbersAndWithout(String zeros, String plain) {
        Version version = new Version(plain);
        assertThat(new Version(zeros)).isEqualTo(version).hasSameHashCodeAs(version);
    }

    @Test
    void isOneVersionHoweverItIsWritten() {
        Version version = new Version("1.0-rc.1+x");
        assertThat(new Version("1-rc.1+x")).isEqualTo(version).hasSameHashCodeAs(version);
        assertThat(new Version("1.0.0.0-rc.1+x")).isEqualTo(version).hasSameHashCodeAs(version);
        assertThat(new Version("1.0-rc.1+y")).isNotEqualTo(version);
        assertThat(new Version("10")).isNotEqualTo(new Version("1"));
        assertThat(new Version("1.0-0a")).isNotEqualTo(new Version("1.0-a"));
    }

    @Test
    void refusesATextThatIsTooLongForADirectory() {
        assertThatThrownBy(() -> new Version("1." + "0".repeat(63))).hasMessageContaining("at most 64 characters");
    }

    @Property
    void ordersTotallyAndInAgreementWithEquality(
            @ForAll("versions") Version a, @ForAll("versions") Version b, @ForAll("versions") Version c) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
        assertThat(!a.equals(b) || a.hashCode() == b.hashCode()).isTrue();
        if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a).isLessThanOrEqualTo(c);
        }
    }

    @Provide
    Arbitrary<Version> versions() {
        return Arbitraries.of(
                        "0", "1", "1.0", "1.0.0", "1.0-a", "1.0-a.1", "1.0-1", "1.0-a.b", "1.0+01", "1.0+1", "1.0.0-a",
                        "1.0+x", "1.0-a+x")
                .map(Version::new);
    }
}
