package org.octaveserver.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsHomeTest {
    @TempDir
    private Path temp;

    private Path user;
    private Path service;
    private final Properties properties = new Properties();

    @BeforeEach
    void make() throws IOException {
        user = Files.createDirectory(temp.resolve("user"));
        service = Files.createDirectory(temp.resolve("service"));
        properties.setProperty("user.name", "ann");
    }

    private Path find(Map<String, String> environment) {
        return new OpsHome(properties, environment, service).find();
    }

    @Test
    void prefersThePropertyThenTheVariableThenTheUsersHome() {
        Map<String, String> environment = Map.of("OPS_HOME", "/variable", "HOME", user.toString());
        assertThat(find(environment)).isEqualTo(Path.of("/variable"));
        assertThat(find(Map.of("HOME", user.toString()))).isEqualTo(user.resolve(".ops"));
        properties.setProperty("ops.home", "/property");
        assertThat(find(environment)).isEqualTo(Path.of("/property"));
    }

    @Test
    void makesARelativeOneAbsolute() {
        assertThat(find(Map.of("OPS_HOME", "x/../here")))
                .isEqualTo(Path.of("here").toAbsolutePath());
    }

    @Test
    void takesTheServiceDirectoryForTheServiceAccount() {
        properties.setProperty("user.name", "ops");
        assertThat(find(Map.of("HOME", user.toString()))).isEqualTo(service);
    }

    @Test
    void takesTheServiceDirectoryWithoutAUsableHome() {
        assertThat(find(Map.of("HOME", "/nonexistent"))).isEqualTo(service);
        assertThat(find(Map.of("HOME", "/"))).isEqualTo(service);
    }

    @Test
    void staysWithTheHomeWhenThereIsNoServiceDirectory() throws IOException {
        Files.delete(service);
        assertThat(find(Map.of("HOME", "/nonexistent"))).isEqualTo(Path.of("/nonexistent/.ops"));
    }
}
