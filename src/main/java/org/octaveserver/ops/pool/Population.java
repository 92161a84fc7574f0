package org.octaveserver.ops.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.octaveserver.ops.worker.ProcessUsage;
import org.octaveserver.ops.worker.Worker;

/** All workers that the pool has started and that are not known to be gone, and what the others used. Thread-safe. */
final class Population {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Set<Worker> workers = new HashSet<>();

    @GuardedBy("lock")
    private Duration cpuOfTheGone = Duration.ZERO;

    void add(Worker worker) {
        lock.lock();
        try {
            workers.add(worker);
        } finally {
            lock.unlock();
        }
    }

    /** In one step with what it adds to the sum, which therefore never shrinks. */
    void remove(Worker worker) {
        lock.lock();
        try {
            if (workers.remove(worker)) {
                cpuOfTheGone = cpuOfTheGone.plus(worker.usage().cpu());
            }
        } finally {
            lock.unlock();
        }
    }

    List<Worker> workers() {
        lock.lock();
        try {
            return List.copyOf(workers);
        } finally {
            lock.unlock();
        }
    }

    PoolUsage usage() {
        lock.lock();
        try {
            Duration cpu = cpuOfTheGone;
            long resident = 0;
            for (Worker worker : workers) {
                ProcessUsage usage = worker.usage();
                cpu = cpu.plus(usage.cpu());
                resident += usage.residentBytes();
            }
            return new PoolUsage(cpu, resident);
        } finally {
            lock.unlock();
        }
    }
}
