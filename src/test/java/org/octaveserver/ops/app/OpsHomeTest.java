package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpsHomeTest {
    @TempDir
    Path directory;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(directory.resolve("ann"));
        Files.createDirectories(directory.resolve("service"));
        Files.writeString(directory.resolve("file"), "");
    }

    /** First what the container, the properties and the environment say. Names without a slash before them are in the test's directory. */
    @ParameterizedTest
    @CsvSource({
        "'/given|/property|/variable', ann, ann, service, /given",
        "' |/property|/variable', ann, ann, service, /property",
        "'| |/variable', ann, ann, service, /variable",
        "'/g/../x||', ann, ann, service, /x",
        "'||', ann, ann, service, ann/.ops",
        "'|| ', ann, ann, service, ann/.ops",
        "'||', ann, ops, service, service",
        "'||', ann, ops, missing, ann/.ops",
        "'||', missing, ann, service, service",
        "'||', missing, ann, missing, missing/.ops",
        "'||', file, ann, service, service",
        "'||', /, root, service, service",
        "'||', /, root, missing, /.ops"
    })
    void isTheFirstThatIsGiven(String named, String userHome, String account, String service, String expected) {
        String[] sources = named.split("\\|", -1);
        Properties properties = new Properties();
        properties.setProperty("ops.home", sources[1]);
        properties.setProperty("user.name", account);
        properties.setProperty("user.home", directory.resolve(userHome).toString());
        OpsHome home = OpsHome.locate(
                Optional.of(sources[0]), Map.of("OPS_HOME", sources[2]), properties, directory.resolve(service));
        assertThat(home.directory()).isEqualTo(directory.resolve(expected));
    }

    @Test
    void takesTheHomeDirectoryOfTheEnvironmentBeforeThatOfTheAccount() {
        Properties properties = new Properties();
        properties.setProperty("user.home", directory.resolve("missing").toString());
        Map<String, String> environment =
                new HashMap<>(Map.of("HOME", directory.resolve("ann").toString()));
        assertThat(OpsHome.locate(Optional.empty(), environment, properties, directory.resolve("service"))
                        .directory())
                .isEqualTo(directory.resolve("ann/.ops"));
    }

    @Test
    void isAbsolute() {
        OpsHome home = OpsHome.locate(Optional.of("relative"), Map.of(), new Properties());
        assertThat(home.directory()).isEqualTo(Path.of("relative").toAbsolutePath());
        assertThat(home.settingsFile()).isEqualTo(home.directory().resolve("conf/ops.properties"));
    }
}
