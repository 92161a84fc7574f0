package org.octaveserver.ops.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Looks through all processes of the machine for those that workers have left behind. That takes milliseconds, so whoever
 * comes while one look goes on shares the next one, and many looks in a row keep a distance. Thread-safe.
 */
final class EscapeeScans {
    private static final Logger LOG = LogManager.getLogger(EscapeeScans.class);
    /** One that forks while it is being killed is met in the next round. */
    private static final int ROUNDS = 3;

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
        boolean done;
    }

    /** Kills all processes but the worker that have a variable, as {@code NAME=value}, in their environment. */
    void kill(String variable, long worker) {
        Batch mine = join(variable, worker);
        scanning.lock();
        try {
            if (!mine.done) {
                keepDistance();
                begin();
                mine.done = true;
                scan(mine.wanted);
                last = System.nanoTime();
            }
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
    private void keepDistance() {
        long left = last + DISTANCE.toNanos() - System.nanoTime();
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, left)).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void scan(Map<String, Long> wanted) {
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> found = ProcessHandle.allProcesses()
                    .filter(process -> isOne(process, wanted))
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

    private static boolean isOne(ProcessHandle process, Map<String, Long> wanted) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            for (String variable : new String(environment, StandardCharsets.UTF_8).split("\0", -1)) {
                Long worker = wanted.get(variable);
                if (worker != null && worker != process.pid()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // It has ended, or is somebody else's, or there is no /proc.
            return false;
        }
    }
}
