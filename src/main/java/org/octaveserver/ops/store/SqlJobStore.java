package org.octaveserver.ops.store;

import static org.octaveserver.ops.job.JobState.CANCELLED;
import static org.octaveserver.ops.job.JobState.DELETED;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.job.ClaimedJob;
import org.octaveserver.ops.job.Ending;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobLease;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobQuery;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore;
import org.octaveserver.ops.job.NewJob;
import org.octaveserver.ops.job.Payload;

/** The port of jobs: changes go to the writer, reads past it. */
final class SqlJobStore implements JobStore {
    private static final String OPEN = "state in ('QUEUED', 'CLAIMED', 'RUNNING')";

    private final Database database;
    private final Writer writer;
    private final Outages outages;
    private final Damages damages = new Damages();
    /** Asked for by every request, and always the same. */
    private volatile @Nullable UUID instance;

    SqlJobStore(Database database, Writer writer, Outages outages) {
        this.database = database;
        this.writer = writer;
        this.outages = outages;
    }

    @Override
    public UUID instance() {
        @Nullable UUID known = instance;
        if (known == null) {
            known = UUID.fromString(database.read(handle -> handle.createQuery("select name from instance")
                    .mapTo(String.class)
                    .one()));
            instance = known;
        }
        return known;
    }

    @Override
    public long sequence() {
        return database.read(handle ->
                handle.createQuery("select counter from head").mapTo(Long.class).one());
    }

    @Override
    public CompletableFuture<Submitted> submit(NewJob job, QueueLimits limits) {
        return writer.write(new Submitting(job, limits));
    }

    @Override
    public CompletableFuture<List<ClaimedJob>> claim(ClaimRequest request) {
        return writer.write(new Claiming(request));
    }

    @Override
    public CompletableFuture<Boolean> begin(JobLease lease) {
        return writer.write(work -> new LeaseChanges(work).begin(lease));
    }

    @Override
    public CompletableFuture<Boolean> giveBack(JobLease lease) {
        return writer.write(work -> new LeaseChanges(work).giveBack(lease));
    }

    @Override
    public CompletableFuture<Boolean> finish(JobLease lease, Ending ending) {
        return writer.write(work -> new LeaseChanges(work).finish(lease, ending));
    }

    @Override
    public CompletableFuture<Boolean> keepOutput(JobLease lease, Payload output) {
        return writer.write(work -> new LeaseChanges(work).keepOutput(lease, output));
    }

    @Override
    public CompletableFuture<Set<JobLease>> renew(Duration lease, Map<JobLease, Report> reports) {
        Map<JobLease, Report> now = Map.copyOf(reports);
        return writer.write(work -> new LeaseChanges(work).renew(lease, now));
    }

    @Override
    public CompletableFuture<Touched> cancel(JobId id, JobProblem why) {
        return writer.write(new OwnChange(CANCELLED, work -> new Ends(work).cancel(id, why)));
    }

    @Override
    public CompletableFuture<Touched> delete(JobId id) {
        return writer.write(new OwnChange(DELETED, work -> new Ends(work).delete(id)));
    }

    @Override
    public CompletableFuture<List<Job>> recover(String node, JobProblem why) {
        return writer.write(work -> new Ends(work).recover(lost(work, node), why));
    }

    /**
     * Where nodes share a database, leases run out. After an outage of the database, a step of its clock, a time in which this
     * node could not write, and its start, everybody may renew first, and nothing counts as lost.
     */
    private List<JobId> lost(Work work, String node) {
        LeaseRows leases = new LeaseRows(work.handle());
        if (!database.dialect().isShared()) {
            return leases.notOf(node);
        }
        boolean fresh = work.handle()
                .createQuery(database.dialect().startedWithin())
                .bind("age", outages.lease().toMillis())
                .mapTo(Integer.class)
                .one()
                .equals(1);
        return fresh || outages.isRecent() ? List.of() : leases.runOut(work.now(), node, outages.lease());
    }

    @Override
    public Optional<Job> find(JobId id) {
        return database.read(handle -> new JobRows(handle, damages).find(id));
    }

    @Override
    public String tail(JobId id) {
        return database.read(handle -> new LeaseRows(handle).tail(id));
    }

    @Override
    public Optional<Payload> payload(JobId id, Payload.Kind kind) {
        return database.read(handle -> new PayloadRows(handle).find(id, kind));
    }

    @Override
    public List<Job> changed(ChangeQuery query) {
        return database.read(handle -> new JobLists(handle, damages).changed(query));
    }

    @Override
    public List<Job> list(JobQuery query) {
        return database.read(handle -> new JobLists(handle, damages).list(query));
    }

    @Override
    public Map<JobState, Long> open() {
        Map<JobState, Long> open = new EnumMap<>(JobState.class);
        JobState.open().forEach(state -> open.put(state, 0L));
        database.read(handle -> handle.createQuery(
                                "select state, count(*) as jobs from job where " + OPEN + " group by state")
                        .map((row, context) -> Map.entry(JobState.valueOf(row.getString("state")), row.getLong("jobs")))
                        .list())
                .forEach(count -> open.put(count.getKey(), count.getValue()));
        return open;
    }

    @Override
    public Map<String, Set<Long>> versionsInUse() {
        Map<String, Set<Long>> inUse = new HashMap<>();
        database.read(handle -> handle.createQuery("select distinct version_id, release from job where " + OPEN)
                        .map((row, context) -> Map.entry(
                                Documents.read(row.getString("version_id"), String.class), row.getLong("release")))
                        .list())
                .forEach(use -> inUse.computeIfAbsent(use.getKey(), any -> new HashSet<>())
                        .add(use.getValue()));
        return inUse;
    }

    @Override
    public CompletableFuture<Optional<List<String>>> forget(RetentionRules rules) {
        return writer.write(work -> new Ends(work).forget(rules));
    }

    @Override
    public Set<String> referred(Collection<String> files) {
        return database.read(handle -> new PayloadRows(handle).referred(files));
    }
}
