package org.octaveserver.ops.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.octaveserver.ops.bundle.DeploymentObserver;

/**
 * A server that runs by itself, and dies at once, as of {@code kill -9}, after so many steps of deployments as the file
 * says whose name is its argument. Without that file it lives.
 */
public final class FaultyServer {
    /** Its exit status then. */
    public static final int DIED = 42;

    private FaultyServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        StandaloneServer.run(dyingAsToldBy(Path.of(arguments[0])));
    }

    private static DeploymentObserver dyingAsToldBy(Path file) {
        return step -> {
            try {
                if (Files.exists(file)) {
                    int left = Integer.parseInt(Files.readString(file).strip()) - 1;
                    Files.writeString(file, left + "\n");
                    if (left == 0) {
                        Files.delete(file);
                        Runtime.getRuntime().halt(DIED);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
