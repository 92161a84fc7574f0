package org.octaveserver.ops.job;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.Uses;
import org.octaveserver.ops.error.OpsException;

/** What open jobs still need of the store of bundles; while the jobs cannot be read, what they needed last. Thread-safe. */
public final class OpenVersions {
    private static final Logger LOG = LogManager.getLogger(OpenVersions.class);

    private final JobStore store;
    private volatile @Nullable Uses last;

    public OpenVersions(JobStore store) {
        this.store = store;
    }

    /**
     * What they need now.
     *
     * @throws OpsException when that is not known, and never was: then nobody may remove anything
     */
    public Uses get() {
        @Nullable Uses known = last;
        try {
            Map<String, Set<Long>> inUse = store.versionsInUse();
            Set<Long> releases = new HashSet<>();
            inUse.values().forEach(releases::addAll);
            known = new Uses(inUse.keySet(), releases);
            last = known;
        } catch (OpsException e) {
            // Nothing was submitted here meanwhile, and what other nodes have accepted they tell themselves.
            LOG.warn("which versions jobs need is not known now: {}", e.getMessage());
            if (known == null) {
                throw e;
            }
        }
        return known;
    }
}
