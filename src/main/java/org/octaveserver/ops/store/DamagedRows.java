package org.octaveserver.ops.store;

import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.Progress;

/**
 * Gets jobs whose rows cannot be read out of the way, so that they hold up no others. Only columns are looked at, never the
 * documents in them.
 */
final class DamagedRows {
    private static final JobProblem DAMAGED = new JobProblem(
            ErrorCode.JOB_DAMAGED.name(),
            "the job cannot be read from the database of jobs: something else than OPS has changed it");

    private final Work work;
    private final PayloadRows payloads;

    DamagedRows(Work work) {
        this.work = work;
        this.payloads = new PayloadRows(work.handle());
    }

    private record Columns(String state, String party, String bundle, boolean finished) {}

    /** It ends in ERROR; nobody is told, because nobody knows who asked to be. */
    void end(JobId id) {
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
        become(JobState.ERROR, "ended", "settled = :now", id);
    }

    /** Only its id remains; answers the files that nothing refers to any more. */
    List<String> delete(JobId id) {
        work.tallies().finished(columns(id).party(), -payloads.sizes(id).all());
        List<String> files = payloads.remove(id);
        become(JobState.DELETED, "deleted", "settled = null, gone = :now", id);
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
        Optional<JobProblem> problem = Optional.of(DAMAGED).filter(any -> state == JobState.ERROR);
        Documents.Status status = new Documents.Status("", 0, Progress.NONE, problem.orElse(null), false);
        work.handle()
                .createUpdate("update job set state = :state, sequence = :sequence, status = :status, " + time
                        + " = :instant, " + spans + " where id = :id")
                .bind("state", state.name())
                .bind("sequence", work.next())
                .bind("status", Documents.write(status))
                .bind("instant", work.instant().toEpochMilli())
                .bind("now", work.now())
                .bind("id", id.value())
                .execute();
    }
}
