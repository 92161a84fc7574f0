package org.octaveserver.ops.store;

import static org.octaveserver.ops.job.JobState.CLAIMED;
import static org.octaveserver.ops.job.JobState.DELETED;
import static org.octaveserver.ops.job.JobState.QUEUED;
import static org.octaveserver.ops.job.JobState.RETURNED;
import static org.octaveserver.ops.job.JobState.RUNNING;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.Ending;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStatus;
import org.octaveserver.ops.job.JobTimes;
import org.octaveserver.ops.job.Payload;
import org.octaveserver.ops.job.Progress;

/** Moves jobs from state to state, with all that hangs on it: what is counted, who is told, whose lease ends. */
final class Moves {
    private final Work work;
    private final JobRows jobs;
    private final PayloadRows payloads;
    private final Tallies tallies;

    Moves(Work work) {
        this.work = work;
        this.jobs = new JobRows(work.handle());
        this.payloads = new PayloadRows(work.handle());
        this.tallies = work.tallies();
    }

    /** A new job, in the queue. */
    void add(Job job, Payload arguments) {
        String party = Keys.of(job.owner().party());
        jobs.insert(job, work.now());
        payloads.put(job.id(), Payload.Kind.ARGUMENTS, arguments);
        work.queued(party, Keys.of(job.target().bundle()), 1);
        tallies.open(party, arguments.size());
    }

    /** A node takes it. */
    Job claim(Job job, String node) {
        JobStatus was = job.status();
        return move(
                job, new JobStatus(CLAIMED, work.next(), was.tries().claimed(), node, was.progress(), was.problem()));
    }

    /** Its function begins. */
    Job begin(Job job) {
        JobStatus was = job.status();
        return move(
                job,
                new JobStatus(RUNNING, work.next(), was.tries().begun(), was.node(), was.progress(), Optional.empty()));
    }

    /** It waits again. */
    Job putBack(Job job) {
        return move(job, status(job, QUEUED, Progress.NONE, Optional.empty()));
    }

    /** It ends as its node says; its payloads are in their table already. */
    Job finish(Job job, Ending ending) {
        return move(job, status(job, ending.state(), ending.progress(), ending.problem()), true);
    }

    /** It ends otherwise. */
    Job end(Job job, JobState state, Progress progress, Optional<JobProblem> problem) {
        return move(job, status(job, state, progress, problem));
    }

    /** What remains says {@link JobRows#strip}; answers the files that nothing refers to any more. */
    List<String> delete(Job job) {
        tallies.finished(Keys.of(job.owner().party()), -payloads.sizes(job.id()).all());
        List<String> files = payloads.remove(job.id());
        Progress progress = new Progress(job.status().progress().fraction(), "");
        jobs.strip(move(job, status(job, DELETED, progress, Optional.empty())));
        return files;
    }

    private JobStatus status(Job job, JobState state, Progress progress, Optional<JobProblem> problem) {
        JobStatus was = job.status();
        return new JobStatus(state, work.next(), was.tries(), was.node(), progress, problem);
    }

    private Job move(Job before, JobStatus status) {
        return move(before, status, false);
    }

    private Job move(Job before, JobStatus status, boolean reported) {
        Job after = new Job(
                before.id(),
                before.target(),
                before.owner(),
                before.order(),
                status,
                times(before.times(), status.state(), work.instant()));
        jobs.update(after, work.now(), reported);
        count(before, after);
        if (after.state() != CLAIMED && after.state() != RUNNING) {
            new LeaseRows(work.handle()).remove(after.id());
        }
        if (after.state().isFinished()) {
            tell(after);
        }
        return after;
    }

    private void count(Job before, Job after) {
        String party = Keys.of(after.owner().party());
        int more = (after.state() == QUEUED ? 1 : 0) - (before.state() == QUEUED ? 1 : 0);
        if (more != 0) {
            work.queued(party, Keys.of(after.target().bundle()), more);
        }
        if (before.state().isOpen() && !after.state().isOpen()) {
            PayloadRows.Sizes sizes = payloads.sizes(after.id());
            tallies.open(party, -sizes.arguments());
            tallies.finished(party, sizes.all());
        }
    }

    private void tell(Job job) {
        Callback.Event event = job.state() == RETURNED ? Callback.Event.SUCCESS : Callback.Event.FAILURE;
        DeliveryRows deliveries = new DeliveryRows(work);
        deliveries.dropProgress(job);
        deliveries.add(job, event);
    }

    private static JobTimes times(JobTimes was, JobState state, Instant now) {
        Optional<Instant> then = Optional.of(now);
        return switch (state) {
            case QUEUED -> was;
            case CLAIMED -> new JobTimes(was.accepted(), then, was.begun(), was.ended(), was.deleted());
            case RUNNING -> new JobTimes(was.accepted(), was.claimed(), then, was.ended(), was.deleted());
            case RETURNED, THREW, ERROR, CANCELLED ->
                new JobTimes(was.accepted(), was.claimed(), was.begun(), then, was.deleted());
            case DELETED -> new JobTimes(was.accepted(), was.claimed(), was.begun(), was.ended(), then);
        };
    }
}
