package org.octaveserver.ops.worker;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Sends signals, also to whole process groups, which Java itself cannot. */
final class ProcessGroups {
    private static final Logger LOG = LogManager.getLogger(ProcessGroups.class);
    private static final long LIMIT_SECONDS = 5;

    private ProcessGroups() {}

    /** Sends SIGKILL to every process of the group; a group that has no member any more is no error. */
    static void kill(long group) {
        signal("KILL", "-" + group);
    }

    /**
     * Sends a signal; when this returns, the system has taken it.
     *
     * @param targets numbers of processes, of groups with a minus before it; one that is not there is no error
     */
    static void signal(String signal, String targets) {
        // The shell's own kill: a minimal system has no kill program, and dash knows no "--" before the group.
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + targets + " 2>/dev/null");
        try {
            Process kill = builder.start();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                LOG.error("pid={} could not be sent SIG{} within {} s", targets, signal, LIMIT_SECONDS);
            }
        } catch (IOException e) {
            LOG.error("pid={} could not be sent SIG{}: no /bin/sh", targets, signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
