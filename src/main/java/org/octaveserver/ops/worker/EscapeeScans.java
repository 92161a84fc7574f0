package org.octaveserver.ops.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.Deadline;

/**
 * Looks through all processes of the machine for those that workers have left behind. That takes milliseconds, so whoever
 * comes while one look goes on shares the next one, and many looks in a row keep a distance. Nobody waits for more than that
 * for what others look for. Thread-safe.
 */
final class EscapeeScans {
    private static final Logger LOG = LogManager.getLogger(EscapeeScans.class);
    /** A program that forks faster than it is killed is killed until then. */
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** What a command line has room for. */
    private static final int AT_ONCE = 500;

    /** One that was killed takes a moment to end, a whole sandbox somewhat longer. */
    private static final Duration REST = Duration.ofMillis(5);

    private static final Duration DISTANCE = Duration.ofMillis(50);

    private final ReentrantLock scanning = new ReentrantLock();
    private final ReentrantLock joining = new ReentrantLock();

    @GuardedBy("joining")
    private Batch next = new Batch();

    @GuardedBy("scanning")
    private long last = System.nanoTime() - DISTANCE.toNanos();

    /** What is looked for together: variables, and the worker that has each. */
    private static final class Batch {
        final Map<String, Long> wanted = new HashMap<>();
        /** Of which of them something was there. */
        final Set<String> found = new HashSet<>();

        boolean done;
    }

    /** A process, and the variable by which it was found. */
    private record Found(ProcessTable.One process, String variable) {}

    /**
     * Kills, until none is left, all processes but the worker that have a variable, as {@code NAME=value}, in their
     * environment, or are in its session after its end.
     */
    void kill(String variable, long worker) {
        Deadline deadline = Deadline.after(LIMIT);
        boolean left = look(variable, worker, DISTANCE);
        if (left) {
            LOG.info("processes are left of the worker with {}, which has ended; killing them", variable);
        }
        while (left && deadline.remainingNanos() > 0 && !Thread.currentThread().isInterrupted()) {
            left = look(variable, worker, REST);
        }
        if (left) {
            LOG.error("processes that the worker with {} started cannot be killed", variable);
        }
    }

    /** Kills what is there now, and answers whether there was something. */
    private boolean look(String variable, long worker, Duration distance) {
        Batch mine = join(variable, worker);
        scanning.lock();
        try {
            if (!mine.done) {
                keepDistance(distance);
                begin();
                mine.done = true;
                killOnce(mine);
                last = System.nanoTime();
            }
            return mine.found.contains(variable);
        } finally {
            scanning.unlock();
        }
    }

    private Batch join(String variable, long worker) {
        joining.lock();
        try {
            next.wanted.put(variable, worker);
            return next;
        } finally {
            joining.unlock();
        }
    }

    /** Whoever comes from now on has to wait for another look. */
    private void begin() {
        joining.lock();
        try {
            next = new Batch();
        } finally {
            joining.unlock();
        }
    }

    @GuardedBy("scanning")
    private void keepDistance(Duration distance) {
        long left = last + distance.toNanos() - System.nanoTime();
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, left)).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void killOnce(Batch batch) {
        ProcessTable table = ProcessTable.now();
        List<Found> found = find(table, batch.wanted);
        if (!found.isEmpty()) {
            ProcessGroups.kill(targets(table, found.stream().map(Found::process).toList()));
            found.forEach(one -> batch.found.add(one.variable()));
        }
    }

    /** Whole groups: one that forks faster than it is killed cannot do so while its group is. */
    private static List<String> targets(ProcessTable table, List<ProcessTable.One> found) {
        long own = ProcessHandle.current().pid();
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

    private static List<Found> find(ProcessTable table, Map<String, Long> wanted) {
        Map<Long, List<String>> leaderless = wanted.entrySet().stream()
                .filter(one -> table.isLeaderless(one.getValue()))
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        return table.running().stream()
                .filter(one -> !wanted.containsValue(one.pid()))
                .flatMap(one -> Stream.concat(
                                leaderless.getOrDefault(one.session(), List.of()).stream(), marks(one, wanted))
                        .map(variable -> new Found(one, variable)))
                .toList();
    }

    private static Stream<String> marks(ProcessTable.One one, Map<String, Long> wanted) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(one.pid()), "environ"));
            return Arrays.stream(new String(environment, StandardCharsets.UTF_8).split("\0", -1))
                    .filter(wanted::containsKey);
        } catch (IOException e) {
            // It has ended, or is somebody else's.
            return Stream.empty();
        }
    }
}
