package org.octaveserver.ops.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bootstrap and the server in a container find the same {@code $OPS_HOME}. */
class OpsHomesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "/prop, /env, /home-of-ann, ann",
        "'',    /env, /home-of-ann, ann",
        "'',    ./r/../env, /home-of-ann, ann",
        "'',    '',   ann,          ann",
        "'',    '',   missing,      ann",
        "'',    '',   ann,          ops",
        "'',    '',   /,            root",
        "'',    ' ',  ann,          ann"
    })
    void areTheSame(String property, String variable, String user, String account) throws IOException {
        Files.createDirectory(directory.resolve("ann"));
        Properties properties = new Properties();
        if (!property.isEmpty()) {
            properties.setProperty("ops.home", property);
        }
        properties.setProperty("user.name", account);
        properties.setProperty("user.home", directory.resolve(user).toString());
        Map<String, String> environment = new HashMap<>();
        if (!variable.isEmpty()) {
            environment.put("OPS_HOME", variable);
        }
        assertThat(org.octaveserver.ops.app.OpsHome.locate(Optional.empty(), environment, properties)
                        .directory())
                .isEqualTo(new OpsHome(properties, environment, Path.of("/var/lib/ops")).find());
    }
}
