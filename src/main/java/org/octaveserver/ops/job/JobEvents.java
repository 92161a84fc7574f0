package org.octaveserver.ops.job;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells those who watch a job that something about it may have changed: they look for themselves. Changes on other nodes are
 * not told here. Thread-safe.
 */
public final class JobEvents {
    private final Map<JobId, Set<Runnable>> watchers = new ConcurrentHashMap<>();

    /** Ends the watch when it is closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Watches a job.
     *
     * @param changed is quick; on any thread
     */
    public Watch watch(JobId id, Runnable changed) {
        watchers.compute(id, (key, known) -> {
            Set<Runnable> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(changed);
            return all;
        });
        return () -> watchers.computeIfPresent(id, (key, known) -> {
            known.remove(changed);
            return known.isEmpty() ? null : known;
        });
    }

    /** Something about a job may have changed. */
    public void changed(JobId id) {
        watchers.getOrDefault(id, Set.of()).forEach(Runnable::run);
    }
}
