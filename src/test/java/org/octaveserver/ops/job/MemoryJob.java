package org.octaveserver.ops.job;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A job in a {@link MemoryStore}, whose lock guards it. Fails when it is moved where {@link JobState#next} does not lead. */
final class MemoryJob {
    private static final int URGENCY = 3;

    private final Payload arguments;
    private final Optional<IdempotencyKey> key;
    private final Map<Payload.Kind, Payload> payloads = new EnumMap<>(Payload.Kind.class);

    private Job job;
    /** Under which it runs, or did. */
    private @Nullable JobLease lease;

    /** Whether the node under whose lease it was has ended it. */
    private boolean reported;

    private String tail = "";

    MemoryJob(NewJob job, long sequence, Instant now) {
        this.key = job.key();
        this.arguments = job.arguments();
        payloads.put(Payload.Kind.ARGUMENTS, arguments);
        JobStatus status =
                new JobStatus(JobState.QUEUED, sequence, JobStatus.Tries.NONE, "", Progress.NONE, Optional.empty());
        JobTimes times = new JobTimes(now, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        this.job = new Job(job.id(), job.target(), job.owner(), job.order(), status, times);
    }

    Job job() {
        return job;
    }

    JobId id() {
        return job.id();
    }

    JobState state() {
        return job.state();
    }

    JobOwner owner() {
        return job.owner();
    }

    int urgency() {
        return job.order().options().urgency().orElse(URGENCY);
    }

    boolean hasKey(JobOwner other, IdempotencyKey its) {
        return owner().principal().equals(other.principal())
                && owner().party().equals(other.party())
                && key.filter(mine -> mine.key().equals(its.key())).isPresent();
    }

    boolean hasFingerprint(IdempotencyKey its) {
        return key.filter(its::equals).isPresent();
    }

    ClaimedJob claim(String node, long sequence, Instant now) {
        int attempt = job.status().attempt() + 1;
        JobLease its = new JobLease(id(), node, attempt);
        lease = its;
        JobTimes times = new JobTimes(
                job.times().accepted(), Optional.of(now), Optional.empty(), Optional.empty(), Optional.empty());
        move(JobState.CLAIMED, sequence, Progress.NONE, Optional.empty(), times);
        return new ClaimedJob(job, its, arguments);
    }

    private void move(JobState next, long sequence, Progress progress, Optional<JobProblem> problem, JobTimes times) {
        if (!state().next().contains(next)) {
            throw new IllegalStateException(state() + " does not lead to " + next);
        }
        JobStatus.Tries tries = new JobStatus.Tries(
                lease == null ? 0 : lease.attempt(),
                job.status().tries().begins() + (next == JobState.RUNNING ? 1 : 0));
        String node = lease == null ? "" : lease.node();
        JobStatus status = new JobStatus(next, sequence, tries, node, progress, problem);
        job = new Job(id(), job.target(), owner(), job.order(), status, times);
    }

    boolean isHeld(JobLease by) {
        return by.equals(lease) && (state() == JobState.CLAIMED || state() == JobState.RUNNING);
    }

    /** The node that has it. */
    Optional<String> holder() {
        return Optional.ofNullable(lease).filter(this::isHeld).map(JobLease::node);
    }

    boolean begin(long sequence, Instant now) {
        JobTimes times = job.times();
        move(
                JobState.RUNNING,
                sequence,
                Progress.NONE,
                Optional.empty(),
                new JobTimes(times.accepted(), times.claimed(), Optional.of(now), Optional.empty(), Optional.empty()));
        return true;
    }

    boolean waitAgain(long sequence) {
        move(
                JobState.QUEUED,
                sequence,
                Progress.NONE,
                Optional.empty(),
                new JobTimes(
                        job.times().accepted(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return true;
    }

    boolean finish(Ending ending, long sequence, Instant now) {
        end(ending.state(), ending.problem(), ending.progress(), sequence, now);
        reported = true;
        ending.result().ifPresent(result -> payloads.put(Payload.Kind.RESULT, result));
        ending.output().ifPresent(output -> payloads.put(Payload.Kind.OUTPUT, output));
        return true;
    }

    private void end(JobState state, Optional<JobProblem> problem, Progress last, long sequence, Instant now) {
        JobTimes times = job.times();
        move(
                state,
                sequence,
                last,
                problem,
                new JobTimes(times.accepted(), times.claimed(), times.begun(), Optional.of(now), Optional.empty()));
    }

    boolean wasFinishedBy(JobLease by, Ending ending) {
        return by.equals(lease) && reported && state() == ending.state();
    }

    boolean wasCancelledUnder(JobLease by) {
        return by.equals(lease) && state() == JobState.CANCELLED;
    }

    boolean keep(Payload.Kind kind, Payload payload) {
        payloads.put(kind, payload);
        return true;
    }

    void report(JobStore.Report report) {
        job = job.progressed(report.progress());
        tail = report.tail();
    }

    String tail() {
        return tail;
    }

    void cancel(JobProblem why, long sequence, Instant now) {
        end(JobState.CANCELLED, Optional.of(why), job.status().progress(), sequence, now);
    }

    List<String> delete(long sequence, Instant now) {
        JobTimes times = job.times();
        List<String> files = files().toList();
        move(
                JobState.DELETED,
                sequence,
                job.status().progress(),
                job.status().problem(),
                new JobTimes(times.accepted(), times.claimed(), times.begun(), times.ended(), Optional.of(now)));
        payloads.clear();
        return files;
    }

    /** What becomes of it when its node is gone. */
    Job recover(JobProblem why, long sequence, Instant now) {
        JobRules rules = job.order().rules();
        boolean again = state() == JobState.CLAIMED
                || (rules.idempotent() && job.status().attempt() < rules.mostAttempts());
        if (again) {
            boolean unused = waitAgain(sequence);
        } else {
            end(JobState.ERROR, Optional.of(why), job.status().progress(), sequence, now);
        }
        return job;
    }

    Instant ended() {
        return job.times().ended().orElse(Instant.MAX);
    }

    boolean deletedBefore(Instant moment) {
        return job.times().deleted().filter(at -> at.isBefore(moment)).isPresent();
    }

    Optional<Payload> payload(Payload.Kind kind) {
        return Optional.ofNullable(payloads.get(kind));
    }

    long bytes() {
        return payloads.values().stream().mapToLong(Payload::size).sum();
    }

    Stream<String> files() {
        return payloads.values().stream().flatMap(payload -> payload.file().stream());
    }
}
