package org.octaveserver.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), Path.of("ops.war"), " -Xmx1g  -Xss1m ");
    }

    @Test
    void measuresEverythingWithoutOptions() {
        Options options = parse();
        assertThat(options.quick()).isFalse();
        assertThat(options.only()).isEmpty();
        assertThat(options.soak()).isEmpty();
        assertThat(options.java()).containsExactly("-Xmx1g", "-Xss1m");
    }

    @Test
    void takesAllOptions() {
        Options options = parse("--quick", "--only", "small,start", "--soak", "10m");
        assertThat(options.quick()).isTrue();
        assertThat(options.only()).containsExactly("small", "start");
        assertThat(options.soak()).contains(Duration.ofMinutes(10));
        assertThat(options.round()).isLessThan(parse().round());
    }

    @Test
    void saysWhatItDoesNotTake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--fast"))
                .withMessageContaining("unknown option --fast; there are --quick");
        assertThatIllegalArgumentException().isThrownBy(() -> parse("--only")).withMessage("--only takes a value");
        assertThatIllegalArgumentException().isThrownBy(() -> parse("--soak", "long"));
    }
}
