package org.octaveserver.ops.worker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Kills whole process groups, which Java itself cannot. */
final class ProcessGroups {
    private static final Logger LOG = LogManager.getLogger(ProcessGroups.class);
    private static final long LIMIT_SECONDS = 5;

    private ProcessGroups() {}

    /** Sends SIGKILL to every process of the group; a group that has no member any more is no error. */
    static void kill(long group) {
        kill(List.of("-" + group));
    }

    /** Sends SIGKILL to processes, and to whole groups, which have a minus in front of their number. */
    static void kill(List<String> targets) {
        // The shell's own kill: a minimal system has no kill program, and dash knows no "--" before the group.
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", "-c", "kill -KILL " + String.join(" ", targets) + " 2>/dev/null");
        try {
            Process kill = builder.start();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                LOG.error("processes={} could not be killed within {} s", targets, LIMIT_SECONDS);
            }
        } catch (IOException e) {
            // A program that has used up the processes of the system: those that are named by themselves can end.
            LOG.error("processes={} are killed one by one, for /bin/sh cannot be started", targets, e);
            targets.forEach(
                    one -> ProcessHandle.of(Math.abs(Long.parseLong(one))).ifPresent(ProcessHandle::destroyForcibly));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
