package org.octaveserver.ops.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Commons Pool as OPS uses it: it keeps the workers, lends them last-in-first-out, and never starts one. Left to itself
 * it would start processes on the borrower's thread, so its factory only hands over workers that were started elsewhere.
 * Limits are the {@link WorkerPool}'s. Thread-safe.
 */
final class IdleWorkers {
    private final ConcurrentMap<WorkerSpec, Resident> started = new ConcurrentHashMap<>();
    private final Consumer<Resident> destroy;
    private final GenericKeyedObjectPool<WorkerSpec, Resident> pool;
    // Commons Pool would count them anew, key by key, each time it is asked.
    private final AtomicInteger total = new AtomicInteger();
    private final AtomicInteger lent = new AtomicInteger();

    /**
     * Keeps workers.
     *
     * @param destroy ends a worker that is thrown away; must not block
     */
    IdleWorkers(Consumer<Resident> destroy) {
        GenericKeyedObjectPoolConfig<Resident> config = new GenericKeyedObjectPoolConfig<>();
        config.setJmxEnabled(false);
        config.setMaxTotalPerKey(-1);
        config.setMaxIdlePerKey(-1);
        config.setBlockWhenExhausted(false);
        config.setTestOnBorrow(true);
        this.destroy = destroy;
        pool = new GenericKeyedObjectPool<>(new Factory(), config);
    }

    /** Takes in a worker that was just started, as idle. One at a time for each key. */
    void adopt(WorkerSpec key, Resident worker) {
        started.put(key, worker);
        total.incrementAndGet();
        try {
            pool.addObject(key);
        } catch (Exception e) {
            throw new IllegalStateException("the pool is closed", e);
        }
    }

    /** Ends a worker that was just started and is not taken in. */
    void refuse(Resident worker) {
        destroy.accept(worker);
    }

    /** Lends an idle worker that is alive, if there is one. */
    Optional<Resident> borrow(WorkerSpec key) {
        try {
            Resident worker = pool.borrowObject(key);
            lent.incrementAndGet();
            return Optional.of(worker);
        } catch (NoSuchElementException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new IllegalStateException("the pool is closed", e);
        }
    }

    /** The idle worker that was lent last among those that suit; those that do not stay as they are. */
    Optional<Resident> borrow(WorkerSpec key, Predicate<Resident> suits) {
        List<Resident> others = new ArrayList<>();
        Optional<Resident> found = borrow(key);
        while (found.isPresent() && !suits.test(found.get())) {
            others.add(found.get());
            found = borrow(key);
        }
        giveBack(key, others);
        return found;
    }

    /** Lends all idle workers that are alive, the one that was lent last first. */
    List<Resident> borrowAll(WorkerSpec key) {
        List<Resident> all = new ArrayList<>();
        while (idle(key) > 0) {
            borrow(key).ifPresent(all::add);
        }
        return all;
    }

    /** All idle workers that are alive, the one that was lent last first; they stay idle. */
    List<Resident> look(WorkerSpec key) {
        List<Resident> idle = borrowAll(key);
        giveBack(key, idle);
        return idle;
    }

    /** How many idle workers nobody has used. */
    int clean(WorkerSpec key) {
        return (int) look(key).stream().filter(Resident::isClean).count();
    }

    /** In the order of {@link #borrowAll}. */
    void giveBack(WorkerSpec key, List<Resident> lent) {
        for (int i = lent.size() - 1; i >= 0; i--) {
            giveBack(key, lent.get(i));
        }
    }

    void giveBack(WorkerSpec key, Resident worker) {
        lent.decrementAndGet();
        pool.returnObject(key, worker);
    }

    /** Throws a lent worker away. */
    void discard(WorkerSpec key, Resident worker) {
        lent.decrementAndGet();
        try {
            pool.invalidateObject(key, worker);
        } catch (Exception e) {
            throw new IllegalStateException("worker " + worker.worker().id() + " could not be thrown away", e);
        }
    }

    int idle(WorkerSpec key) {
        return pool.getNumIdle(key);
    }

    /** Idle and lent. */
    int total(WorkerSpec key) {
        return pool.getNumIdle(key) + pool.getNumActive(key);
    }

    int total() {
        return total.get();
    }

    /** Those of all keys that nobody has. */
    int idle() {
        return total() - lent();
    }

    int lent(WorkerSpec key) {
        return pool.getNumActive(key);
    }

    int lent() {
        return lent.get();
    }

    /** Throws all idle workers away and every lent one as soon as it comes back. */
    void close() {
        pool.close();
    }

    private final class Factory extends BaseKeyedPooledObjectFactory<WorkerSpec, Resident> {
        @Override
        public Resident create(WorkerSpec key) {
            Resident worker = started.remove(key);
            if (worker == null) {
                throw new NoSuchElementException("no worker is idle");
            }
            return worker;
        }

        @Override
        public PooledObject<Resident> wrap(Resident worker) {
            return new DefaultPooledObject<>(worker);
        }

        @Override
        public boolean validateObject(WorkerSpec key, PooledObject<Resident> pooled) {
            return pooled.getObject().worker().isUsable();
        }

        @Override
        public void destroyObject(WorkerSpec key, PooledObject<Resident> pooled) {
            total.decrementAndGet();
            destroy.accept(pooled.getObject());
        }
    }
}
