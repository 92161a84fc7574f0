package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the example of docs/web-handlers.md to the server: its files are deployed, its commands run by a real curl. */
class WebHandlersPageIT {
    private static final Path PAGE = Path.of(System.getProperty("ops.test.basedir"), "docs/web-handlers.md");
    private static final Pattern FILE = Pattern.compile("(?ms)^```\\w+ (\\S+)\n(.*?)^```$");
    private static final Pattern CONSOLE = Pattern.compile("(?ms)^```console\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ (curl .*)\n((?:(?!\\$ ).*\n)*)");

    @TempDir
    Path folder;

    @Test
    void theExampleAnswersWhatThePageSays() throws Exception {
        String page = Files.readString(PAGE);
        int files = 0;
        for (Matcher file = FILE.matcher(page); file.find(); files++) {
            Path path = folder.resolve("hello").resolve(file.group(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.group(2));
        }
        assertThat(files).isEqualTo(4);
        try (TestServer server = TestServer.start(folder, Map.of())) {
            assertThat(server.deployByCommand(folder.resolve("hello"))).contains("hello 1.0.0 deployed");
            Matcher console = CONSOLE.matcher(page);
            assertThat(console.find()).isTrue();
            int commands = 0;
            for (Matcher command = COMMAND.matcher(console.group(1)); command.find(); commands++) {
                assertThat(run(command.group(1).replace(":9910", ":" + server.port())))
                        .as(command.group(1))
                        .isEqualTo(command.group(2));
            }
            assertThat(commands).isEqualTo(4);
        }
    }

    private static String run(String command) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
