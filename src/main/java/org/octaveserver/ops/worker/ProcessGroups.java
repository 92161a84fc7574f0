package org.octaveserver.ops.worker;

import java.io.IOException;
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
        // The shell's own kill: a minimal system has no kill program, and dash knows no "--" before the group.
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "kill -KILL -" + group + " 2>/dev/null");
        try {
            Process kill = builder.start();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                LOG.error("group={} could not be killed within {} s", group, LIMIT_SECONDS);
            }
        } catch (IOException e) {
            LOG.error("group={} could not be killed: no /bin/sh", group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
