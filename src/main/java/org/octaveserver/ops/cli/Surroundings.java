package org.octaveserver.ops.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command takes from outside its arguments.
 *
 * @param environment the environment variables
 * @param home {@code $OPS_HOME} of the server on this machine
 */
public record Surroundings(Map<String, String> environment, Path home) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process; the bootstrap has set {@code ops.home}. */
    public static Surroundings ofProcess() {
        String home = System.getProperty("ops.home");
        return new Surroundings(
                System.getenv(), home == null ? Path.of(System.getProperty("user.home"), ".ops") : Path.of(home));
    }

    /** A variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
