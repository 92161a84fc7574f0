package org.octaveserver.ops.worker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Sends signals, also to whole process groups, which Java itself cannot. */
final class ProcessGroups {
    private static final Logger LOG = LogManager.getLogger(ProcessGroups.class);
    private static final long LIMIT_SECONDS = 5;
    private static final int ATTEMPTS = 20;

    private ProcessGroups() {}

    /** Sends SIGKILL to every process of the group; a group that has no member any more is no error. */
    static void kill(long group) {
        kill(List.of("-" + group));
    }

    /** Sends SIGKILL to processes, and to whole groups, which have a minus in front of their number. */
    static void kill(List<String> targets) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                signalByShell("KILL", targets);
                return;
            } catch (IOException e) {
                LOG.warn(
                        "processes={} are killed one by one, for no /bin/sh can be started: {}",
                        targets,
                        e.getMessage());
                killOneByOne(targets);
            }
        }
        LOG.error("processes={} could not be killed: no /bin/sh can be started", targets);
    }

    /**
     * Sends a signal to processes; when this returns, the system has taken it. One that is not there any more is no error.
     */
    static void signal(String signal, List<String> targets) {
        try {
            signalByShell(signal, targets);
        } catch (IOException e) {
            LOG.error("processes={} could not be sent SIG{}: no /bin/sh", targets, signal, e);
        }
    }

    private static void signalByShell(String signal, List<String> targets) throws IOException {
        // The shell's own kill: a minimal system has no kill program, and dash knows no "--" before the group.
        ProcessBuilder builder = new ProcessBuilder(
                "/bin/sh", "-c", "kill -" + signal + " " + String.join(" ", targets) + " 2>/dev/null");
        try {
            Process kill = builder.start();
            if (!kill.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                LOG.error("processes={} could not be sent SIG{} within {} s", targets, signal, LIMIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A worker that has used up the processes of the system: what ends by itself makes room for the shell. */
    private static void killOneByOne(List<String> targets) {
        ProcessTable.now().running().stream()
                .filter(one -> targets.contains(Long.toString(one.pid())) || targets.contains("-" + one.group()))
                .forEach(one -> ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }
}
