package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Descendants of a worker that have left its session ({@code setsid} in a shell command) and so survive the end of its
 * group. They are known by a variable of their environment that no other process has. Only where there is
 * {@code /proc}; a program that empties its environment too gets away.
 */
final class Escapees {
    private static final Logger LOG = LogManager.getLogger(Escapees.class);
    /** One that forks while it is being killed is met in the next round. */
    private static final int ROUNDS = 3;

    private final String variable;

    /** Finds processes with this variable, as {@code NAME=value}. */
    Escapees(String variable) {
        this.variable = variable;
    }

    /** Kills them; the worker itself is not one of them. */
    void kill(long worker) {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> found = ProcessHandle.allProcesses()
                    .filter(process -> process.pid() != worker && isOne(process))
                    .toList();
            if (found.isEmpty()) {
                return;
            }
            found.forEach(process -> {
                LOG.warn("pid={} left the session of its worker; killing it", process.pid());
                process.destroyForcibly();
            });
        }
    }

    private boolean isOne(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            return Arrays.asList(new String(environment, StandardCharsets.UTF_8).split("\0", -1))
                    .contains(variable);
        } catch (IOException e) {
            // It has ended, or is somebody else's, or there is no /proc.
            return false;
        }
    }
}
