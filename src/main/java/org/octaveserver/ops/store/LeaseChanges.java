package org.octaveserver.ops.store;

import static org.octaveserver.ops.job.JobState.CANCELLED;
import static org.octaveserver.ops.job.JobState.CLAIMED;
import static org.octaveserver.ops.job.JobState.QUEUED;
import static org.octaveserver.ops.job.JobState.RUNNING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.octaveserver.ops.job.Ending;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.Report;
import org.octaveserver.ops.job.Payload;

/** What a node reports under a lease. Each answers the same when it is reported once more. */
final class LeaseChanges {
    private final Work work;
    private final JobRows jobs;
    private final PayloadRows payloads;

    LeaseChanges(Work work) {
        this.work = work;
        this.jobs = new JobRows(work.handle());
        this.payloads = new PayloadRows(work.handle());
    }

    /** The job, if the lease is the last that there was of it. One that cannot be read ends: its node could never report it. */
    private Optional<Job> of(JobLease lease) {
        Optional<JobRows.Found> found = jobs.look(lease.job());
        found.filter(one -> one.job().isEmpty() && new LeaseRows(work.handle()).has(lease))
                .ifPresent(damaged -> new DamagedRows(work).end(damaged.id(), damaged.damage()));
        return found.flatMap(JobRows.Found::job)
                .filter(job -> job.status().attempt() == lease.attempt()
                        && job.status().node().equals(lease.node()));
    }

    private static boolean isHeld(JobState state) {
        return state == CLAIMED || state == RUNNING;
    }

    boolean begin(JobLease lease) {
        Optional<Job> job = of(lease);
        job.filter(one -> one.state() == CLAIMED).ifPresent(new Moves(work)::begin);
        return job.filter(one -> isHeld(one.state())).isPresent();
    }

    boolean giveBack(JobLease lease) {
        Optional<Job> job = of(lease);
        job.filter(one -> isHeld(one.state())).ifPresent(new Moves(work)::putBack);
        return job.filter(one -> isHeld(one.state()) || one.state() == QUEUED).isPresent();
    }

    boolean finish(JobLease lease, Ending ending) {
        Optional<Job> job = of(lease);
        Optional<Job> open = job.filter(one -> isHeld(one.state()))
                .filter(one -> one.state().next().contains(ending.state()));
        open.ifPresent(one -> {
            ending.result().ifPresent(result -> payloads.put(one.id(), Payload.Kind.RESULT, result));
            ending.output().ifPresent(output -> payloads.put(one.id(), Payload.Kind.OUTPUT, output));
            new Moves(work).finish(one, ending);
        });
        return open.isPresent() || job.filter(one -> wasEnded(one, ending)).isPresent();
    }

    /** Whether this lease has said the same before: what others ended, with a lease that had run out, is not its own. */
    private boolean wasEnded(Job job, Ending ending) {
        return job.state() == ending.state() && jobs.isReported(job.id());
    }

    boolean keepOutput(JobLease lease, Payload output) {
        Optional<Job> cancelled = of(lease).filter(one -> one.state() == CANCELLED);
        cancelled.ifPresent(job -> {
            long before = payloads.sizes(job.id()).all();
            payloads.put(job.id(), Payload.Kind.OUTPUT, output);
            long now = payloads.sizes(job.id()).all();
            work.tallies().finished(Keys.of(job.owner().party()), now - before);
        });
        return cancelled.isPresent();
    }

    /** By the leases alone, as far as that goes: a job that cannot be read must not keep those of the others from being renewed. */
    Set<JobLease> renew(Duration lease, Map<JobLease, Report> reports) {
        LeaseRows leases = new LeaseRows(work.handle());
        long until = Spans.after(work.now(), lease);
        Set<JobLease> lost = new HashSet<>();
        List<JobId> further = new ArrayList<>();
        reports.forEach((one, report) -> {
            boolean moved = !leases.progress(one.job()).equals(Optional.of(report.progress()));
            if (!leases.renew(one, until, report)) {
                lost.add(one);
            } else if (moved) {
                further.add(one.job());
            }
        });
        DeliveryRows deliveries = new DeliveryRows(work);
        jobs.look(further).forEach(found -> found.job().ifPresent(deliveries::addProgress));
        return lost;
    }
}
