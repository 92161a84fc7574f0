package org.octaveserver.ops.store;

import static org.octaveserver.ops.job.JobState.CANCELLED;
import static org.octaveserver.ops.job.JobState.CLAIMED;
import static org.octaveserver.ops.job.JobState.DELETED;
import static org.octaveserver.ops.job.JobState.ERROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobRules;
import org.octaveserver.ops.job.JobStore.RetentionRules;
import org.octaveserver.ops.job.JobStore.Touched;

/** What ends jobs and removes them from outside. */
final class Ends {
    private static final int MOST_AT_ONCE = 200;

    private final Work work;
    private final JobRows jobs;

    Ends(Work work) {
        this.work = work;
        this.jobs = new JobRows(work.handle());
    }

    /** One that cannot be read is not cancelled, but ends in an error. */
    Touched cancel(JobId id, JobProblem why) {
        Optional<JobRows.Found> found = jobs.look(id);
        Optional<Job> before = found.flatMap(jobs::told);
        Optional<Job> open = before.filter(job -> job.state().isOpen());
        if (open.isPresent()) {
            found.flatMap(JobRows.Found::job)
                    .ifPresentOrElse(
                            job -> new Moves(work)
                                    .end(job, CANCELLED, job.status().progress(), Optional.of(why)),
                            () -> new DamagedRows(work)
                                    .end(id, found.orElseThrow().damage()));
        }
        return new Touched(before, open.isPresent(), List.of());
    }

    Touched delete(JobId id) {
        Optional<JobRows.Found> found = jobs.look(id);
        Optional<Job> before = found.flatMap(jobs::told);
        Optional<Job> finished = before.filter(job -> job.state().next().contains(DELETED));
        List<String> files = finished.flatMap(any -> found).map(this::delete).orElse(List.of());
        return new Touched(before, finished.isPresent(), files);
    }

    /** The jobs of leases that count no more wait again, or end. */
    List<Job> recover(List<JobId> lost, JobProblem why) {
        List<Job> recovered = new ArrayList<>();
        for (JobRows.Found one : jobs.look(lost)) {
            one.job()
                    .ifPresentOrElse(
                            job -> recovered.add(recover(job, why)),
                            () -> new DamagedRows(work).end(one.id(), one.damage()));
        }
        return recovered;
    }

    private Job recover(Job job, JobProblem why) {
        JobRules rules = job.order().rules();
        boolean again = job.state() == CLAIMED
                || (rules.idempotent() && job.status().tries().begins() < rules.mostAttempts());
        Moves moves = new Moves(work);
        return again ? moves.putBack(job) : moves.end(job, ERROR, job.status().progress(), Optional.of(why));
    }

    /** Removes some of what is too old or too much, and forgets some of what was removed long ago. */
    Optional<List<String>> forget(RetentionRules rules) {
        List<JobRows.Found> old = jobs.lookWhere(
                "j.settled < :then order by j.settled limit " + MOST_AT_ONCE,
                query -> query.bind("then", Spans.before(work.now(), rules.keepFor())));
        List<String> files = new ArrayList<>();
        old.forEach(one -> files.addAll(delete(one)));
        int removed = old.size() + removeOfLargest(rules.bytesOfParty(), MOST_AT_ONCE - old.size(), files);
        int forgotten = work.handle()
                .createUpdate("delete from job where id in (select id from job where gone < :then"
                        + " order by gone limit " + MOST_AT_ONCE + ")")
                .bind("then", Spans.before(work.now(), rules.rememberFor()))
                .execute();
        return removed + forgotten == 0 ? Optional.empty() : Optional.of(files);
    }

    private int removeOfLargest(long bytes, int most, List<String> files) {
        Tallies tallies = work.tallies();
        Optional<String> party = most == 0 ? Optional.empty() : tallies.above(bytes);
        if (party.isEmpty()) {
            return 0;
        }
        int removed = 0;
        for (JobRows.Found one : jobs.lookWhere(
                "j.party = :party and j.settled is not null order by j.settled limit " + most,
                query -> query.bind("party", party.get()))) {
            if (tallies.of(party.get()).finished() <= bytes) {
                break;
            }
            files.addAll(delete(one));
            removed++;
        }
        return removed;
    }

    private List<String> delete(JobRows.Found found) {
        return found.job().map(new Moves(work)::delete).orElseGet(() -> new DamagedRows(work).delete(found.id()));
    }
}
