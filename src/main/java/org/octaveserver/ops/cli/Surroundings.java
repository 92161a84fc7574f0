package org.octaveserver.ops.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a command takes from outside its arguments.
 *
 * @param environment the environment variables
 * @param home {@code $OPS_HOME} of the server on this machine
 * @param columns of the terminal that stdout is; nothing when it is none
 */
public record Surroundings(Map<String, String> environment, Path home, OptionalInt columns) {
    private static final int NARROWEST = 20;

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those without a terminal. */
    public Surroundings(Map<String, String> environment, Path home) {
        this(environment, home, OptionalInt.empty());
    }

    /** Those of this process; the bootstrap has set {@code ops.home}, {@code bin/ops} {@code ops.terminal.columns}. */
    public static Surroundings ofProcess() {
        String home = System.getProperty("ops.home");
        Integer columns = Integer.getInteger("ops.terminal.columns");
        return new Surroundings(
                System.getenv(),
                home == null ? Path.of(System.getProperty("user.home"), ".ops") : Path.of(home),
                columns == null ? OptionalInt.empty() : OptionalInt.of(Math.max(NARROWEST, columns)));
    }

    /** A variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
