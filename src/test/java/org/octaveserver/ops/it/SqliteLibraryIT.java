package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers leave of the library that the driver of SQLite unpacks. */
class SqliteLibraryIT {
    @TempDir
    Path folder;

    private ServerProcess.Start start(Path temporary) {
        return new ServerProcess.Start(
                List.of(), List.of("-Djava.io.tmpdir=" + temporary), ServerProcess.Start.PLAIN.main());
    }

    private static List<String> libraries(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.contains("sqlitejdbc") && !name.endsWith(".lck"))
                    .toList();
        }
    }

    @Test
    void aServerThatWasKilledLeavesItToTheNextOne() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        Path home = folder.resolve("home");
        for (int i = 0; i < 2; i++) {
            try (TestServer server = ServerProcess.start(folder, Map.of(), start(temporary))) {
                assertThat(libraries(home)).hasSize(1);
                ProcessHandle killed = ProcessHandle.of(server.process().pid()).orElseThrow();
                killed.destroyForcibly();
                killed.onExit().join();
            }
            assertThat(libraries(home)).hasSize(1);
            assertThat(libraries(temporary)).isEmpty();
        }
    }

    @Test
    void serversOfOneProcessHaveOneEach() throws Exception {
        try (TestServer one = TestServer.start(folder.resolve("one"), Map.of());
                TestServer two = TestServer.start(folder.resolve("two"), Map.of())) {
            assertThat(libraries(one.home())).hasSize(1);
            assertThat(libraries(two.home())).hasSize(1);
            assertThat(one.get("/api/v1/jobs").statusCode()).isEqualTo(200);
        }
        try (TestServer again = TestServer.start(folder.resolve("one"), Map.of())) {
            assertThat(libraries(again.home())).hasSize(1);
            assertThat(again.get("/api/v1/jobs").statusCode()).isEqualTo(200);
        }
    }
}
