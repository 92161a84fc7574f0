package org.octaveserver.ops.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.job.JobId;

/** Says of each job that cannot be read once that it cannot: clients ask for the same one every second. Thread-safe. */
final class Damages {
    private static final Logger LOG = LogManager.getLogger(Damages.class);
    private static final int MOST = 1000;

    private final Set<JobId> noted = ConcurrentHashMap.newKeySet();

    void note(JobId id, String why) {
        if (noted.size() < MOST && noted.add(id)) {
            LOG.warn("job={} cannot be read, and is told of as far as its columns go: {}", id, why);
        }
    }
}
