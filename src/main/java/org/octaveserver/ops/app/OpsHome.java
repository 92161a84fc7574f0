package org.octaveserver.ops.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The directory {@code $OPS_HOME} and what is where in it.
 *
 * @param directory absolute
 */
public record OpsHome(Path directory) {
    private static final Path SERVICE_HOME = Path.of("/var/lib/ops");
    private static final String SERVICE_ACCOUNT = "ops";

    public OpsHome {
        directory = directory.toAbsolutePath().normalize();
    }

    /**
     * Where it is: as given, else the system property {@code ops.home}, else {@code OPS_HOME}, else {@code /var/lib/ops}
     * for an account that is named {@code ops} or has no home of its own and may write there, else {@code ~/.ops}. What
     * is blank counts as not given. The bootstrap of the WAR and {@code bin/ops} follow the same rule.
     *
     * @param given what the container says
     * @param properties the system properties
     */
    public static OpsHome locate(Optional<String> given, Map<String, String> environment, Properties properties) {
        return locate(given, environment, properties, SERVICE_HOME);
    }

    static OpsHome locate(
            Optional<String> given, Map<String, String> environment, Properties properties, Path serviceHome) {
        Optional<String> named = Stream.of(
                        given,
                        Optional.ofNullable(properties.getProperty("ops.home")),
                        Optional.ofNullable(environment.get("OPS_HOME")))
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst();
        return new OpsHome(named.map(Path::of).orElseGet(() -> byAccount(environment, properties, serviceHome)));
    }

    private static Path byAccount(Map<String, String> environment, Properties properties, Path serviceHome) {
        Path user = Path.of(environment.getOrDefault("HOME", properties.getProperty("user.home", "")));
        boolean service = SERVICE_ACCOUNT.equals(properties.getProperty("user.name")) || !isUsable(user);
        return service && isUsable(serviceHome) ? serviceHome : user.resolve(".ops");
    }

    private static boolean isUsable(Path directory) {
        return directory.getNameCount() > 0 && Files.isDirectory(directory) && Files.isWritable(directory);
    }

    public Path conf() {
        return directory.resolve("conf");
    }

    public Path settingsFile() {
        return conf().resolve("ops.properties");
    }

    public Path adminToken() {
        return conf().resolve("admin-token");
    }

    /** The secret by which receivers of callbacks know this server. */
    public Path callbackSecret() {
        return conf().resolve("callback-secret");
    }

    /** The database of jobs, and what is too large for it. */
    public Path jobs() {
        return directory.resolve("jobs");
    }

    public Path bundles() {
        return directory.resolve("bundles");
    }

    public Path autoDeploy() {
        return directory.resolve("auto_deploy");
    }

    /** Where the server remembers what it did with the files of its hot-deploy folder. */
    public Path autoDeployLedger() {
        return directory.resolve("auto_deploy.json");
    }

    public Path run() {
        return directory.resolve("run");
    }

    public Path workers() {
        return run().resolve("workers");
    }

    /** The library that the driver of SQLite unpacks. */
    public Path sqlite() {
        return run().resolve("sqlite");
    }

    /** What is compiled once for each registered Octave. */
    public Path runtimes() {
        return directory.resolve("runtimes");
    }

    /** Makes the directories that every server needs. */
    void create() {
        try {
            Files.createDirectories(run());
            Files.createDirectories(conf());
            Files.createDirectories(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory + " (set OPS_HOME to another place): " + e, e);
        }
    }
}
