package org.octaveserver.ops.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.settings.Durations;

/**
 * What is to be measured, and how.
 *
 * @param quick whether to take less time than precision asks for
 * @param only names of scenarios; empty for all
 * @param soak how long the server is under load for its memory to be watched; empty for not at all
 * @param war the server
 * @param java options of its JVM
 */
record Options(boolean quick, List<String> only, Optional<Duration> soak, Path war, List<String> java) {
    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException naming the option and what is allowed
     */
    static Options parse(List<String> arguments, Path war, String java) {
        boolean quick = false;
        List<String> only = new ArrayList<>();
        Optional<Duration> soak = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> quick = true;
                case "--only" -> {
                    i++;
                    only.addAll(List.of(value(arguments, i).split(",", -1)));
                }
                case "--soak" -> {
                    i++;
                    soak = Optional.of(Durations.parse(value(arguments, i)));
                }
                default ->
                    throw new IllegalArgumentException("unknown option " + arguments.get(i)
                            + "; there are --quick, --only NAME,... and --soak 10m");
            }
        }
        List<String> options = java.isBlank() ? List.of() : List.of(java.strip().split("\\s+", -1));
        return new Options(quick, List.copyOf(only), soak, war, options);
    }

    private static String value(List<String> arguments, int at) {
        if (at == arguments.size()) {
            throw new IllegalArgumentException(arguments.get(at - 1) + " takes a value");
        }
        return arguments.get(at);
    }

    /** How often kinds take turns. */
    int rounds() {
        return quick ? 2 : 5;
    }

    /** How long one kind is measured in a round. */
    Duration round() {
        return Duration.ofSeconds(quick ? 1 : 2);
    }

    /** How long the server that most scenarios share is warmed up: its JVM compiles for longer than one expects. */
    Duration firstWarmUp() {
        return Duration.ofSeconds(quick ? 8 : 15);
    }

    /** How long what else is measured is warmed up. */
    Duration warmUp() {
        return Duration.ofSeconds(quick ? 2 : 8);
    }
}
