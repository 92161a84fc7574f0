package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.SomeVersions.bundle;
import static org.octaveserver.ops.bundle.SomeVersions.version;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployedBundleTest {
    private final DeployedBundle bundle =
            bundle("x", "1.2.0", "1.10.0", "1.2.11", "1.2.9", "2.0.0-rc.1", "3.1.0-beta", "3.0.0", "0.9");

    @ParameterizedTest
    @CsvSource({
        "1, 1.10.0",
        "1.2, 1.2.11",
        "1.10, 1.10.0",
        "3, 3.0.0",
        "3.0, 3.0.0",
        "0, 0.9",
        "0.9, 0.9",
        "0.9.0, 0.9",
        "1.2.11.0, 1.2.11",
        "01, 1.10.0",
        "1.2.0, 1.2.0",
        "1.2.9, 1.2.9",
        "2.0.0-rc.1, 2.0.0-rc.1",
        "3.1.0-beta, 3.1.0-beta"
    })
    void findsAnExactVersionOrTheHighestOfARange(String wanted, String found) {
        assertThat(bundle.find(wanted)).map(v -> v.version().version().text()).contains(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2", "2.0", "2.0.0", "3.1", "1.3", "4", "1.2.1", "0.9.1", "", ".", "1.", "1.x", "-1", "latest", "٢"
            })
    void findsNothingElse(String wanted) {
        assertThat(bundle.find(wanted)).isEmpty();
    }

    @Test
    void countsAMissingNumberAsZeroInARange() {
        assertThat(bundle("x", "2").find("2.0")).isPresent();
        assertThat(bundle("x", "2").find("2.1")).isEmpty();
    }

    @Test
    void leavesAnExactPinWhereItIsWhenAVersionComesThatBeginsSo() {
        assertThat(bundle("x", "1.2", "1.2.1").find("1.2"))
                .map(v -> v.version().version().text())
                .contains("1.2");
    }

    @Test
    void takesTheDefaultWhateverIsHigher() {
        assertThat(bundle.byDefault().version().version().text()).isEqualTo("1.2.0");
        assertThat(bundle.listed())
                .isEqualTo("0.9, 1.2.0 (default), 1.2.9, 1.2.11, 1.10.0, 2.0.0-rc.1, 3.0.0, 3.1.0-beta");
    }

    @Test
    void putsOtherContentInThePlaceOfItsVersion() {
        DeployedVersion other = DeployedVersion.of(version("x", "1.2.9", "other"));
        DeployedBundle after = bundle.with(other, false);
        assertThat(after.exactly("1.2.9")).contains(other);
        assertThat(after.listed()).isEqualTo(bundle.listed());
        assertThat(bundle.with(other, true).byDefault()).isEqualTo(other);
    }

    @Test
    void hasOneDefaultAndEachVersionOnce() {
        DeployedVersion one = DeployedVersion.of(version("x", "1.0"));
        DeployedVersion same = DeployedVersion.of(version("x", "1.0", "other"));
        assertThatThrownBy(() -> new DeployedBundle(new Version("1.0"), List.of(one, same)))
                .hasMessageContaining("not the only one");
        assertThatThrownBy(() -> new DeployedBundle(new Version("2.0"), List.of(one)))
                .hasMessageContaining("default version 2.0");
        assertThatThrownBy(() -> bundle.without(new Version("1.2.0"))).hasMessageContaining("default version 1.2.0");
    }
}
