package org.octaveserver.ops.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The processes of the system at one moment, from {@code /proc}; empty on systems without. Immutable. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    /** Linux counts processor time in hundredths of a second for everybody who reads it there. */
    private static final long TICK_MILLIS = 10;
    /** Of the fields behind the command in {@code stat}. */
    private static final int PARENT = 1;

    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int FIRST_TIME = 11;
    private static final int LAST_TIME = 14;

    private final Map<Long, One> processes;

    /**
     * A process.
     *
     * @param ended whether it waits to be waited for
     * @param cpuTicks used by it and by the children that it has waited for
     */
    record One(long pid, boolean ended, long parent, long group, long session, long cpuTicks) {}

    private ProcessTable(Map<Long, One> processes) {
        this.processes = processes;
    }

    static boolean isReadable() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    /** All that there is now. */
    static ProcessTable now() {
        Map<Long, One> found = new HashMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                read(entry).ifPresent(one -> found.put(one.pid(), one));
            }
        } catch (IOException e) {
            // Another system: nothing can be told.
            return new ProcessTable(Map.of());
        }
        return new ProcessTable(found);
    }

    private static Optional<One> read(Path entry) {
        try {
            String stat = new String(Files.readAllBytes(entry.resolve("stat")), StandardCharsets.ISO_8859_1);
            // The command in front may have blanks and parentheses of its own.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", LAST_TIME + 2);
            long ticks = 0;
            for (int i = FIRST_TIME; i <= LAST_TIME; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return Optional.of(new One(
                    Long.parseLong(entry.getFileName().toString()),
                    fields[0].equals("Z"),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[GROUP]),
                    Long.parseLong(fields[SESSION]),
                    ticks));
        } catch (IOException | NumberFormatException e) {
            // It has just ended.
            return Optional.empty();
        }
    }

    /** One of them. */
    Optional<One> find(long pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    /** All that run. */
    List<One> running() {
        return processes.values().stream().filter(one -> !one.ended()).toList();
    }

    /** Whether a session has lost its leader, so that its number cannot be another's. */
    boolean isLeaderless(long session) {
        One leader = processes.get(session);
        return leader == null || leader.ended();
    }

    /** A process, all in its session, and the descendants of all these. */
    List<One> groupOf(long root) {
        Set<Long> members = new HashSet<>();
        Set<Long> strangers = new HashSet<>();
        List<One> group = new ArrayList<>();
        for (One one : processes.values()) {
            if (belongs(one, root, members, strangers)) {
                group.add(one);
            }
        }
        return group;
    }

    private boolean belongs(One one, long root, Set<Long> members, Set<Long> strangers) {
        List<Long> asked = new ArrayList<>();
        One next = one;
        boolean found = false;
        while (next != null && !found && !strangers.contains(next.pid()) && !asked.contains(next.pid())) {
            found = next.pid() == root || next.session() == root || members.contains(next.pid());
            asked.add(next.pid());
            next = processes.get(next.parent());
        }
        (found ? members : strangers).addAll(asked);
        return found;
    }

    /** The processor time of a group so far. */
    static Duration cpu(List<One> group) {
        return Duration.ofMillis(
                TICK_MILLIS * group.stream().mapToLong(One::cpuTicks).sum());
    }

    /** The processor time so far of a process and of the children that live; for a moment when it has no others. */
    static Duration cpuNow(long root) {
        List<One> group = new ArrayList<>();
        addWithChildren(root, group);
        return cpu(group);
    }

    private static void addWithChildren(long pid, List<One> group) {
        read(PROC.resolve(Long.toString(pid))).ifPresent(group::add);
        childrenOf(pid).forEach(child -> addWithChildren(child, group));
    }

    /** What its main thread has started and not waited for. */
    static List<Long> childrenOf(long pid) {
        try {
            String children = Files.readString(PROC.resolve(pid + "/task/" + pid + "/children"));
            return Arrays.stream(children.split(" ", -1))
                    .filter(child -> !child.isBlank())
                    .map(Long::parseLong)
                    .toList();
        } catch (IOException e) {
            // It has ended, or the system lists no children.
            return List.of();
        }
    }
}
