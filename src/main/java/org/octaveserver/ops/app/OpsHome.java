package org.octaveserver.ops.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The directory {@code $OPS_HOME} and what is where in it.
 *
 * @param directory absolute
 */
public record OpsHome(Path directory) {
    private static final Path SERVICE_HOME = Path.of("/var/lib/ops");

    public OpsHome {
        directory = directory.toAbsolutePath().normalize();
    }

    /**
     * Where it is: as given, else {@code OPS_HOME}, else {@code /var/lib/ops} for a service account that owns it, else
     * {@code ~/.ops}.
     *
     * @param given what the container or the command line says
     */
    public static OpsHome locate(Optional<String> given, Map<String, String> environment, String userHome) {
        return new OpsHome(given.or(() -> Optional.ofNullable(environment.get("OPS_HOME")))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(() -> isServiceAccount(userHome) ? SERVICE_HOME : Path.of(userHome, ".ops")));
    }

    /** A service account has no home of its own to write to. */
    private static boolean isServiceAccount(String userHome) {
        return Files.isWritable(SERVICE_HOME)
                && (Path.of(userHome).equals(SERVICE_HOME) || !Files.isWritable(Path.of(userHome)));
    }

    public Path settingsFile() {
        return directory.resolve("conf/ops.properties");
    }

    public Path adminToken() {
        return directory.resolve("conf/admin-token");
    }

    public Path bundles() {
        return directory.resolve("bundles");
    }

    public Path run() {
        return directory.resolve("run");
    }

    public Path workers() {
        return run().resolve("workers");
    }

    /** Makes the directories that every server needs. */
    void create() {
        try {
            Files.createDirectories(run());
            Files.createDirectories(directory.resolve("conf"));
            Files.createDirectories(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory + " (set OPS_HOME to another place): " + e, e);
        }
    }
}
