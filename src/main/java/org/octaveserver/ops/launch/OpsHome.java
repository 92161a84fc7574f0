package org.octaveserver.ops.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Finds {@code $OPS_HOME}.
 *
 * @param properties the system properties
 * @param environment the environment variables
 * @param service where a service account keeps its data
 */
record OpsHome(Properties properties, Map<String, String> environment, Path service) {
    private static final String SERVICE_ACCOUNT = "ops";

    /** The directory for this process, absolute; it need not exist yet. */
    static Path ofProcess() {
        return new OpsHome(System.getProperties(), System.getenv(), Path.of("/var/lib/ops")).find();
    }

    /**
     * The system property {@code ops.home}, else {@code OPS_HOME}, else {@code /var/lib/ops} for an account without a
     * home or named {@code ops}, else {@code ~/.ops}.
     */
    Path find() {
        String named = properties.getProperty("ops.home", environment.getOrDefault("OPS_HOME", ""));
        if (!named.isBlank()) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        Path user = Path.of(environment.getOrDefault("HOME", properties.getProperty("user.home", "")));
        boolean service = SERVICE_ACCOUNT.equals(properties.getProperty("user.name")) || !isUsable(user);
        return service && isUsable(this.service)
                ? this.service
                : user.resolve(".ops").toAbsolutePath();
    }

    private static boolean isUsable(Path directory) {
        return directory.getNameCount() > 0 && Files.isDirectory(directory) && Files.isWritable(directory);
    }
}
