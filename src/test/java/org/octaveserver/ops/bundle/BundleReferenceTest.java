package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleReferenceTest {
    @Test
    void isANameOrANameWithAVersion() {
        assertThat(BundleReference.parse("x")).isEqualTo(new BundleReference("x", Optional.empty()));
        assertThat(BundleReference.parse("x@1.0-rc.1")).isEqualTo(new BundleReference("x", Optional.of("1.0-rc.1")));
    }

    @Test
    void isWhateverStandsAroundTheFirstAt() {
        assertThat(BundleReference.parse("x@1@2")).isEqualTo(new BundleReference("x", Optional.of("1@2")));
        assertThat(BundleReference.parse("x@")).isEqualTo(new BundleReference("x", Optional.of("")));
        assertThat(BundleReference.parse("")).isEqualTo(new BundleReference("", Optional.empty()));
    }
}
