package org.octaveserver.ops.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commands that ask a server, which answers what the test wants. */
abstract class CommandsOverHttp {
    @TempDir
    Path temp;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    FakeServer server() {
        return server;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    Ran ops(String... args) {
        return Ran.ops(new Surroundings(Map.of("OPS_SERVER", server.address(), "OPS_TOKEN", "secret"), temp), args);
    }
}
