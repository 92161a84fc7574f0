package org.octaveserver.ops.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.ElasticThreads;
import org.octaveserver.ops.lifecycle.Lookout;
import org.octaveserver.ops.lifecycle.Managed;

/**
 * Looks at the processes of workers that run calls, ten times a second, and kills those that use more than they may. A
 * worker whose call has ended is looked at for as long as programs that it left behind run; when there is nothing to look
 * at, nothing is done. Thread-safe.
 */
public final class LimitWatch implements Managed {
    private static final Logger LOG = LogManager.getLogger(LimitWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    /** Between a fork and the start of another program, both seem to have the same memory. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private static final int KILLERS = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Worker, Seen> watched = new HashMap<>();
    private final ElasticThreads kills = new ElasticThreads("limit", KILLERS);
    private final Lookout lookout = new Lookout("limits", PAUSE, LONGEST_PAUSE, this::hasWork, this::look);

    /** What is known of a worker. */
    private static final class Seen {
        final Duration cpuBefore;
        boolean looked;

        Seen(Duration cpuBefore) {
            this.cpuBefore = cpuBefore;
        }
    }

    @Override
    public void start() {
        if (!ProcessTable.isReadable()) {
            LOG.warn("the limits cpu, memory and processes have no effect: this system has no /proc");
        }
        // Now: a worker that has used up the processes of the system leaves none for a thread either.
        kills.prestart();
        lookout.start();
    }

    @Override
    public void stop() {
        lookout.stop();
        kills.stop();
    }

    /** A worker begins a call. */
    void begins(Worker worker) {
        WorkerLimits limits = worker.limits();
        if (!limits.isWatched()) {
            return;
        }
        Duration before = limits.of(WorkerLimit.CPU).isPresent() ? ProcessTable.cpuNow(worker.pid()) : Duration.ZERO;
        lock.lock();
        try {
            watched.put(worker, new Seen(before));
        } finally {
            lock.unlock();
        }
        lookout.wake();
    }

    private boolean hasWork() {
        lock.lock();
        try {
            return !watched.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void look() throws InterruptedException {
        Map<Worker, Seen> now;
        lock.lock();
        try {
            now = new HashMap<>(watched);
        } finally {
            lock.unlock();
        }
        ProcessTable table = ProcessTable.now();
        List<Worker> done = new ArrayList<>();
        for (Map.Entry<Worker, Seen> one : now.entrySet()) {
            if (isDone(one.getKey(), one.getValue(), table.groupOf(one.getKey().pid()))) {
                done.add(one.getKey());
            }
        }
        lock.lock();
        try {
            // One that has begun another call meanwhile stays.
            done.forEach(worker -> watched.remove(worker, now.get(worker)));
        } finally {
            lock.unlock();
        }
    }

    /** Looks at one worker; answers whether it need not be looked at again. */
    private boolean isDone(Worker worker, Seen seen, List<ProcessTable.One> group) throws InterruptedException {
        // In this order: what it does after the look is seen in the next one.
        boolean idle = seen.looked && worker.state() != WorkerState.BUSY;
        seen.looked = true;
        if (worker.state() == WorkerState.DEAD) {
            return true;
        }
        Optional<EndReason> excess = excess(worker, seen, group);
        if (excess.isPresent()) {
            kills.execute(() -> worker.kill(excess.get()));
            return true;
        }
        return idle && group.size() <= worker.ownProcesses();
    }

    private static Optional<EndReason> excess(Worker worker, Seen seen, List<ProcessTable.One> group)
            throws InterruptedException {
        WorkerLimits limits = worker.limits();
        Optional<EndReason> processes = LimitReasons.above(
                limits, WorkerLimit.PROCESSES, Math.max(0, group.size() - (long) worker.ownProcesses()));
        if (processes.isPresent()) {
            return processes;
        }
        Optional<EndReason> memory = memory(limits, group);
        if (memory.isPresent() || worker.state() != WorkerState.BUSY) {
            return memory;
        }
        Duration cpu = ProcessTable.cpu(group).minus(seen.cpuBefore);
        return LimitReasons.above(limits, WorkerLimit.CPU, cpu.toMillis());
    }

    private static Optional<EndReason> memory(WorkerLimits limits, List<ProcessTable.One> group)
            throws InterruptedException {
        if (limits.of(WorkerLimit.MEMORY).isEmpty() || isBelow(limits, ProcessMemory.upperBound(group))) {
            return Optional.empty();
        }
        if (isBelow(limits, ProcessMemory.exact(group))) {
            return Optional.empty();
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        return LimitReasons.above(limits, WorkerLimit.MEMORY, ProcessMemory.exact(group));
    }

    private static boolean isBelow(WorkerLimits limits, long bytes) {
        return LimitReasons.above(limits, WorkerLimit.MEMORY, bytes).isEmpty();
    }
}
