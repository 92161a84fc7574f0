package org.octaveserver.ops.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has the system hold limits for a command: the shell's own {@code ulimit}, which every system has. */
final class HeldLimits {
    private static final int KILO = 1024;
    /** What POSIX counts files in. */
    private static final int BLOCK = 512;

    private HeldLimits() {}

    /** What to put in front of the command. */
    static List<String> inFrontOf(Map<WorkerLimit, Long> held) {
        if (held.isEmpty()) {
            return List.of();
        }
        StringBuilder script = new StringBuilder();
        held.forEach((limit, amount) ->
                script.append("ulimit ").append(option(limit, amount)).append(" && "));
        return new ArrayList<>(List.of("/bin/sh", "-c", script + "exec \"$@\"", "ops"));
    }

    private static String option(WorkerLimit limit, long amount) {
        return switch (limit) {
            case ADDRESS_SPACE -> "-v " + roundedUp(amount, KILO);
            case FILE_SIZE -> "-f " + roundedUp(amount, BLOCK);
            case OPEN_FILES -> "-n " + amount;
            default -> throw new IllegalArgumentException("no process holds the limit " + limit);
        };
    }

    private static long roundedUp(long amount, int unit) {
        return (amount + unit - 1) / unit;
    }
}
