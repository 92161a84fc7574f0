package org.octaveserver.ops.store;

import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.Progress;

/**
 * Gets jobs whose rows cannot be read out of the way, so that they hold up no others. Only columns decide, never the documents
 * in them; and the documents are written anew, so that what remains is a job like any other.
 */
final class DamagedRows {
    private static final Logger LOG = LogManager.getLogger(DamagedRows.class);

    private final Work work;
    private final PayloadRows payloads;

    DamagedRows(Work work) {
        this.work = work;
        this.payloads = new PayloadRows(work.handle());
    }

    private record Columns(String state, String party, String bundle, boolean finished) {}

    /** It ends in ERROR; told is who asked to be, where that can still be read. */
    void end(JobId id, String why) {
        LOG.error("job={} cannot be read, and ends: {}", id, why);
        close(id);
        become(JobState.ERROR, "ended", "settled = :now", id);
        new JobRows(work.handle()).look(id).flatMap(JobRows.Found::job).ifPresent(job -> {
            DeliveryRows deliveries = new DeliveryRows(work);
            deliveries.dropProgress(job);
            deliveries.add(job, Callback.Event.FAILURE);
        });
    }

    private void close(JobId id) {
        Columns was = columns(id);
        if (was.state().equals(JobState.QUEUED.name())) {
            work.queued(was.party(), was.bundle(), -1);
        }
        if (!was.finished()) {
            PayloadRows.Sizes sizes = payloads.sizes(id);
            work.tallies().open(was.party(), -sizes.arguments());
            work.tallies().finished(was.party(), sizes.all());
        }
        new LeaseRows(work.handle()).remove(id);
    }

    /** It is remembered only; answers the files that nothing refers to any more. */
    List<String> delete(JobId id) {
        close(id);
        work.tallies().finished(columns(id).party(), -payloads.sizes(id).all());
        List<String> files = payloads.remove(id);
        become(JobState.DELETED, "deleted", "settled = null, gone = :now", id);
        JobRows jobs = new JobRows(work.handle());
        jobs.look(id).flatMap(JobRows.Found::job).ifPresent(jobs::strip);
        return files;
    }

    private Columns columns(JobId id) {
        return work.handle()
                .createQuery("select state, party, bundle, case when settled is null then 0 else 1 end as finished"
                        + " from job where id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Columns(
                        row.getString("state"),
                        row.getString("party"),
                        row.getString("bundle"),
                        row.getInt("finished") == 1))
                .one();
    }

    private void become(JobState state, String time, String spans, JobId id) {
        Optional<JobProblem> problem = Optional.of(Remains.DAMAGED).filter(any -> state == JobState.ERROR);
        Documents.Status status = new Documents.Status("", 0, Progress.NONE, problem.orElse(null), false);
        work.handle()
                .createUpdate("update job set state = :state, sequence = :sequence, status = :status, fixed = :fixed, "
                        + time + " = :instant, " + spans + " where id = :id")
                .bind("state", state.name())
                .bind("sequence", work.next())
                .bind("status", Documents.write(status))
                .bind("fixed", new Remains(work.handle()).fixed(id).orElseThrow())
                .bind("instant", work.instant().toEpochMilli())
                .bind("now", work.now())
                .bind("id", id.value())
                .execute();
    }
}
