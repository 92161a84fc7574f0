package org.octaveserver.ops.job;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.Deadline;

/**
 * Removes payloads that nothing refers to: a node died between the file and the row, or between the row and the file. A
 * file is an orphan when it has been there for a while and no job refers to it; what the clocks say does not matter. For one
 * thread.
 */
final class OrphanFiles {
    private static final Logger LOG = LogManager.getLogger(OrphanFiles.class);
    private static final int LOOKED_UP_AT_ONCE = 500;

    private final JobStorage storage;
    private final Duration patience;
    /** Until when a file may be about to be referred to. */
    private final Map<String, Deadline> seen = new HashMap<>();

    /**
     * Orphans of a directory.
     *
     * @param patience how long nothing may refer to a file: longer than anybody takes from writing it to storing its job
     */
    OrphanFiles(JobStorage storage, Duration patience) {
        this.storage = storage;
        this.patience = patience;
    }

    /** What there is now was not made by anybody who still lives: to be called before jobs are accepted. */
    void noteLeftovers() throws IOException {
        storage.files().names().forEach(name -> seen.put(name, Deadline.after(Duration.ZERO)));
    }

    /** Looks through all files. */
    void sweep() throws IOException {
        List<String> names = storage.files().names();
        seen.keySet().retainAll(new HashSet<>(names));
        names.forEach(name -> seen.computeIfAbsent(name, fresh -> Deadline.after(patience)));
        List<String> old = seen.entrySet().stream()
                .filter(one -> one.getValue().passed())
                .map(Map.Entry::getKey)
                .toList();
        for (int i = 0; i < old.size(); i += LOOKED_UP_AT_ONCE) {
            removeOrphans(old.subList(i, Math.min(old.size(), i + LOOKED_UP_AT_ONCE)));
        }
    }

    private void removeOrphans(List<String> names) {
        Set<String> referred = storage.store().referred(names);
        List<String> orphans =
                names.stream().filter(name -> !referred.contains(name)).toList();
        if (!orphans.isEmpty()) {
            LOG.info("files={} of jobs belong to nobody and are removed", orphans.size());
            storage.files().remove(orphans);
        }
        // It is looked at again when it has been there as long again, not each time.
        referred.forEach(name -> seen.put(name, Deadline.after(patience)));
    }
}
