package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.Deadline;

/**
 * Descendants of a worker that survive the end of its group: those that are in another group of its session (a shell's
 * job control), and those that have left the session too ({@code setsid} in a shell command), which are known by a variable
 * of their environment that no other process has. Only where there is {@code /proc}; a program that leaves the session and
 * empties its environment too gets away.
 */
final class Escapees {
    private static final Logger LOG = LogManager.getLogger(Escapees.class);
    /** A program that forks faster than it is killed is killed by group, in which it cannot fork meanwhile. */
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** What a command line has room for. */
    private static final int AT_ONCE = 500;

    private static final int LOGGED = 5;
    private static final long REST_MILLIS = 5;

    private final String variable;

    /** Finds processes with this variable, as {@code NAME=value}. */
    Escapees(String variable) {
        this.variable = variable;
    }

    /** Kills them until none is left; the worker itself, whose group was killed, is not one of them. */
    void kill(long worker) {
        Deadline deadline = Deadline.after(LIMIT);
        List<ProcessTable.One> found = find(worker);
        if (!found.isEmpty()) {
            LOG.info(
                    "worker's pid={}: {} processes are left, such as {}; killing them",
                    worker,
                    found.size(),
                    found.stream().limit(LOGGED).map(ProcessTable.One::pid).toList());
        }
        while (!found.isEmpty() && deadline.remainingNanos() > 0 && rest()) {
            ProcessGroups.kill(targets(found));
            found = find(worker);
        }
        if (!found.isEmpty()) {
            LOG.error("worker's pid={}: {} processes that it started cannot be killed", worker, found.size());
        }
    }

    /** One that was killed takes a moment to end, a whole sandbox somewhat longer. */
    private static boolean rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> targets(List<ProcessTable.One> found) {
        long own = ProcessHandle.current().pid();
        ProcessTable table = ProcessTable.now();
        long ownGroup = table.find(own).map(ProcessTable.One::group).orElse(own);
        Stream<String> groups = found.stream()
                .map(ProcessTable.One::group)
                .filter(group -> group > 1 && group != ownGroup)
                .distinct()
                .map(group -> "-" + group);
        return Stream.concat(groups, found.stream().map(one -> Long.toString(one.pid())))
                .limit(AT_ONCE)
                .toList();
    }

    private List<ProcessTable.One> find(long worker) {
        ProcessTable table = ProcessTable.now();
        boolean leaderless = table.isLeaderless(worker);
        return table.running().stream()
                .filter(one -> one.pid() != worker)
                .filter(one -> (leaderless && one.session() == worker) || isMarked(one))
                .toList();
    }

    private boolean isMarked(ProcessTable.One one) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(one.pid()), "environ"));
            return Arrays.asList(new String(environment, StandardCharsets.UTF_8).split("\0", -1))
                    .contains(variable);
        } catch (IOException e) {
            // It has ended, or is somebody else's.
            return false;
        }
    }
}
