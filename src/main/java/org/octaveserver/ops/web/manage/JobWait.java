package org.octaveserver.ops.web.manage;

import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.OptionalLong;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.Viewer;
import org.octaveserver.ops.lifecycle.Deadline;

/** A request that is answered when its job has finished, or has changed, or when it has waited as long as it wants to. */
final class JobWait {
    private final JobWatches watches;
    private final Viewer viewer;
    private final JobId id;
    private final OptionalLong since;
    private final Deadline deadline;
    private final AsyncResponse response;

    /**
     * One that has not begun.
     *
     * @param since the number of the change of state that its client knows; empty: it waits for the end
     */
    JobWait(JobWatches watches, Viewer viewer, JobId id, OptionalLong since, Duration longest, AsyncResponse response) {
        this.watches = watches;
        this.viewer = viewer;
        this.id = id;
        this.since = since;
        this.deadline = Deadline.after(longest);
        this.response = response;
    }

    /** @throws OpsException as {@link JobWatches#place}; what fails later is the response's */
    void begin() {
        JobWatch unused = watches.begin(id, watches.place(), deadline, this::look);
    }

    private void look(JobWatch watch) {
        try {
            Job job = watches.jobs().find(id, viewer);
            if (isAwaited(job) || deadline.passed()) {
                watch.close();
                response.resume(JobView.of(job));
            }
        } catch (OpsException e) {
            watch.close();
            response.resume(e);
        }
    }

    private boolean isAwaited(Job job) {
        boolean changed = since.isPresent() && job.status().sequence() > since.getAsLong();
        return changed || !job.state().isOpen();
    }
}
