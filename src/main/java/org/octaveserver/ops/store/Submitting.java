package org.octaveserver.ops.store;

import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.IdempotencyKey;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobOwner;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStatus;
import org.octaveserver.ops.job.JobStore.QueueLimits;
import org.octaveserver.ops.job.JobStore.Submitted;
import org.octaveserver.ops.job.JobTimes;
import org.octaveserver.ops.job.NewJob;
import org.octaveserver.ops.job.Progress;

/**
 * Accepts a job. A job of the same id that is there already is this one, submitted again by somebody who was not told: it
 * counts as added, and its files are its own.
 */
final class Submitting implements Change<Submitted> {
    private final NewJob wanted;
    private final QueueLimits limits;

    Submitting(NewJob wanted, QueueLimits limits) {
        this.wanted = wanted;
        this.limits = limits;
    }

    @Override
    public Submitted make(Work work) {
        JobRows jobs = new JobRows(work.handle());
        Optional<Submitted> known = jobs.find(wanted.id())
                .map(job -> new Submitted(job, true))
                .or(() -> wanted.key().flatMap(key -> used(work, jobs, key)).map(job -> new Submitted(job, false)));
        return known.orElseGet(() -> new Submitted(add(work), true));
    }

    private Job add(Work work) {
        checkRoom(work);
        Job job = new Job(
                wanted.id(),
                wanted.target(),
                wanted.owner(),
                wanted.order(),
                new JobStatus(JobState.QUEUED, work.next(), JobStatus.Tries.NONE, "", Progress.NONE, Optional.empty()),
                new JobTimes(work.instant(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        new Moves(work).add(job, wanted.arguments());
        wanted.key().ifPresent(key -> remember(work, key));
        return job;
    }

    private void checkRoom(Work work) {
        long queued = work.head().queued();
        if (queued >= limits.most()) {
            throw new OpsException(
                    ErrorCode.JOB_QUEUE_FULL,
                    "the queue of jobs is full: " + queued + " wait, and " + limits.most()
                            + " may (setting ops.jobs.max-waiting)");
        }
        Tallies.Counts ofParty = work.tallies().of(Keys.of(wanted.owner().party()));
        if (ofParty.queued() >= limits.mostOfParty()) {
            throw new OpsException(
                    ErrorCode.TOO_MANY_JOBS,
                    ofParty.queued() + " jobs of this client wait, and " + limits.mostOfParty()
                            + " of one client may (setting ops.jobs.max-waiting-per-client)");
        }
        if (wanted.arguments().size() > limits.bytesOfParty() - ofParty.open()) {
            throw new OpsException(
                    ErrorCode.TOO_MANY_JOBS,
                    "the arguments of this client's unfinished jobs take " + ofParty.open()
                            + " bytes, those of this one "
                            + wanted.arguments().size() + ", and " + limits.bytesOfParty()
                            + " of one client may (setting ops.jobs.max-open-size-per-client)");
        }
    }

    private Optional<Job> used(Work work, JobRows jobs, IdempotencyKey key) {
        record Use(JobId job, String fingerprint) {}
        Optional<Use> use = work.handle()
                .createQuery("select job, fingerprint from submission_key where scope = :scope and name = :name")
                .bind("scope", scope(wanted.owner()))
                .bind("name", Keys.of(key.key()))
                .map((row, context) -> new Use(JobRows.id(row, "job"), row.getString("fingerprint")))
                .findOne();
        if (use.isPresent() && !use.get().fingerprint().equals(Keys.of(key.fingerprint()))) {
            throw new OpsException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "the idempotency key was used for another request; use a new one for each request");
        }
        return use.flatMap(found -> jobs.find(found.job()));
    }

    private void remember(Work work, IdempotencyKey key) {
        work.handle()
                .createUpdate("insert into submission_key (scope, name, fingerprint, job)"
                        + " values (:scope, :name, :fingerprint, :job)")
                .bind("scope", scope(wanted.owner()))
                .bind("name", Keys.of(key.key()))
                .bind("fingerprint", Keys.of(key.fingerprint()))
                .bind("job", wanted.id().value())
                .execute();
    }

    /** Anonymous clients share a principal, but not their keys: each address has its own. */
    private static String scope(JobOwner owner) {
        return Keys.of(owner.principal().map(name -> "=" + name).orElse("@" + owner.party()));
    }
}
