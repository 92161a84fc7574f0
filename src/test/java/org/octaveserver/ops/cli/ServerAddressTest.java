package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @TempDir
    private Path home;

    private String find(Optional<String> option, Map<String, String> environment) {
        return ServerAddress.find(option, new Surroundings(environment, home)).toString();
    }

    private void serverWrote(String text) throws IOException {
        Files.createDirectories(home.resolve("run"));
        Files.writeString(home.resolve("run/endpoint"), text);
    }

    @Test
    void prefersTheOptionThenTheVariableThenTheFile() throws IOException {
        serverWrote("http://file:1\n");
        Map<String, String> environment = Map.of("OPS_SERVER", "http://variable:1");
        assertThat(find(Optional.of("http://option:1"), environment)).isEqualTo("http://option:1");
        assertThat(find(Optional.empty(), environment)).isEqualTo("http://variable:1");
        assertThat(find(Optional.empty(), Map.of("OPS_SERVER", " "))).isEqualTo("http://file:1");
    }

    @Test
    void fallsBackToTheDefaultPort() throws IOException {
        assertThat(find(Optional.empty(), Map.of())).isEqualTo("http://127.0.0.1:9910");
        serverWrote("");
        assertThat(find(Optional.empty(), Map.of())).isEqualTo("http://127.0.0.1:9910");
    }

    @Test
    void readsAnEndpointWithoutItsScheme() throws IOException {
        serverWrote("127.0.0.1:8080\nmore\n");
        assertThat(find(Optional.empty(), Map.of())).isEqualTo("http://127.0.0.1:8080");
    }

    @ParameterizedTest
    @CsvSource({"https://host/, https://host", "http://host:1/ops//, http://host:1/ops", "HTTP://h, HTTP://h"})
    void dropsSlashesAtTheEnd(String given, String found) {
        assertThat(find(Optional.of(given), Map.of())).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost:9910", "ftp://host", "http://", "http:///x", "http://a b", "http://h?x=1", "/x"})
    void refusesWhatIsNoAddress(String given) {
        assertThatThrownBy(() -> find(Optional.of(given), Map.of()))
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageContaining("--server")
                .hasMessageContaining("http://127.0.0.1:9910");
    }
}
