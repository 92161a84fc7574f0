package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {
    @TempDir
    private Path home;

    private Optional<String> find(Optional<Path> option, Map<String, String> environment) {
        return AccessToken.find(option, new Surroundings(environment, home), URI.create("http://127.0.0.1:9910"))
                .value();
    }

    @Test
    void prefersTheOptionThenTheVariableThenTheServersFile() throws IOException {
        Path option = Files.writeString(home.resolve("option"), "from-option\n");
        Files.createDirectory(home.resolve("conf"));
        Files.writeString(home.resolve("conf/admin-token"), "from-home\n");
        Map<String, String> environment = Map.of("OPS_TOKEN", "from-variable");
        assertThat(find(Optional.of(option), environment)).contains("from-option");
        assertThat(find(Optional.empty(), environment)).contains("from-variable");
        assertThat(find(Optional.empty(), Map.of())).contains("from-home");
    }

    @Test
    void keepsTheSecretOfThisMachinesServerFromOtherMachines() throws IOException {
        Files.createDirectory(home.resolve("conf"));
        Files.writeString(home.resolve("conf/admin-token"), "from-home\n");
        URI elsewhere = URI.create("http://ops.example.com:9910");

        AccessToken token = AccessToken.find(Optional.empty(), new Surroundings(Map.of(), home), elsewhere);
        AccessToken given =
                AccessToken.find(Optional.empty(), new Surroundings(Map.of("OPS_TOKEN", "theirs"), home), elsewhere);

        assertThat(token.value()).isEmpty();
        assertThat(token.origin()).contains("--token-file", "OPS_TOKEN");
        assertThat(given.value()).contains("theirs");
    }

    @Test
    void goesWithoutOne() {
        assertThat(find(Optional.empty(), Map.of())).isEmpty();
    }

    @Test
    void refusesAMissingTokenFile() {
        assertThatThrownBy(() -> find(Optional.of(home.resolve("none")), Map.of()))
                .hasMessageContaining("--token-file: cannot read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nInjected: header", "grün", "\u0007"})
    void refusesWhatCannotStandInAHeaderWithoutShowingIt(String secret) {
        assertThatThrownBy(() -> find(Optional.empty(), Map.of("OPS_TOKEN", secret)))
                .hasMessageContaining("OPS_TOKEN")
                .hasMessageNotContaining(secret);
    }
}
