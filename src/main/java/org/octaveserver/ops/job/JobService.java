package org.octaveserver.ops.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Jobs, for those who submit and watch them. Thread-safe. What it answers as futures completes on any thread. */
public final class JobService {
    private static final Logger LOG = LogManager.getLogger(JobService.class);

    private final JobStorage storage;
    private final JobIntake intake;
    private final JobRunner runner;
    private final JobEvents events;
    private final Executor work;
    private final LongAdder cancelled = new LongAdder();

    /** @param work threads that may wait for processes and files */
    JobService(JobStorage storage, JobIntake intake, JobRunner runner, JobEvents events, Executor work) {
        this.storage = storage;
        this.intake = intake;
        this.runner = runner;
        this.events = events;
        this.work = work;
    }

    /** Names the store of jobs, for ever (MPS: the instance in {@code /~instance/requests}). */
    public UUID instance() {
        return storage.store().instance();
    }

    /** The counter of changes of state (MPS: {@code createdSeq}). */
    public long sequence() {
        return storage.store().sequence();
    }

    /**
     * Accepts a job. Takes the time of writing large arguments; the rest is done elsewhere.
     *
     * @return completes when the job is on disk
     * @throws OpsException JOB_STORE_UNAVAILABLE when large arguments cannot be kept; the future fails with it and as {@link
     *     JobStore#submit} says
     */
    public CompletableFuture<JobStore.Submitted> submit(Submission submission) {
        return intake.accept(submission).thenApply(submitted -> {
            if (submitted.added()) {
                runner.wake();
            }
            return submitted;
        });
    }

    /**
     * A job, as far as it is now; deleted ones too.
     *
     * @throws OpsException JOB_NOT_FOUND when there is none, or none that the viewer may see
     */
    public Job find(JobId id, Viewer viewer) {
        Job job = storage.store()
                .find(id)
                .filter(found -> viewer.sees(found.owner()))
                .orElseThrow(() -> notFound(id));
        return live(job);
    }

    private static OpsException notFound(JobId id) {
        return new OpsException(
                ErrorCode.JOB_NOT_FOUND, "there is no job " + id + "; GET /api/v1/jobs lists those that are yours");
    }

    /** What its function has said since it was stored last. */
    private Job live(Job job) {
        return runner.find(job.id())
                .filter(run -> job.state() == JobState.RUNNING)
                .map(run -> job.progressed(run.progress()))
                .orElse(job);
    }

    /** Whether it may still print: it is open, or cancelled and here its function is about to end by itself. */
    public boolean goesOn(Job job) {
        return job.state().isOpen()
                || (job.state() == JobState.CANCELLED && runner.find(job.id()).isPresent());
    }

    /** What a job has printed: so far, while it runs here; the end of it, as of the last report, while it runs elsewhere. */
    public String printed(Job job) {
        return printedFromStart(job).orElseGet(() -> storage.store().tail(job.id()));
    }

    /** The same from its first character on; nothing while only the end of it is known here. */
    public Optional<String> printedFromStart(Job job) {
        if (goesOn(job)) {
            return runner.find(job.id()).map(JobRun::printed);
        }
        return Optional.of(storage.store()
                .payload(job.id(), Payload.Kind.OUTPUT)
                .map(kept -> new String(read(job, kept), java.nio.charset.StandardCharsets.UTF_8))
                .orElse(""));
    }

    /**
     * What a finished job answered.
     *
     * @throws OpsException JOB_NOT_FINISHED; JOB_CANCELLED; JOB_DELETED; the failure of one that ended in ERROR
     */
    public CallOutcome outcome(Job job) {
        switch (job.state()) {
            case RETURNED, THREW -> {}
            case ERROR ->
                throw job.status()
                        .problem()
                        .map(JobProblem::toException)
                        .orElseGet(() -> new OpsException(ErrorCode.INTERNAL, "why the job failed is not known"));
            case CANCELLED -> throw new OpsException(ErrorCode.JOB_CANCELLED, "the job was cancelled");
            case DELETED -> throw new OpsException(ErrorCode.JOB_DELETED, "the job was deleted");
            default ->
                throw new OpsException(
                        ErrorCode.JOB_NOT_FINISHED, "the job is " + job.state() + " and has no result yet");
        }
        Payload result = storage.store()
                .payload(job.id(), Payload.Kind.RESULT)
                .orElseThrow(() -> new OpsException(ErrorCode.JOB_DELETED, "the result of the job was just deleted"));
        return StoredOutcome.read(read(job, result), "");
    }

    /** A file that is not there was deleted with its job, perhaps, since the job was looked up. */
    private byte[] read(Job job, Payload payload) {
        try {
            return storage.files().read(payload);
        } catch (OpsException e) {
            boolean deleted = storage.store()
                    .find(job.id())
                    .filter(now -> now.state() != JobState.DELETED)
                    .isEmpty();
            if (e.code() == ErrorCode.JOB_DAMAGED && deleted) {
                throw new OpsException(
                        ErrorCode.JOB_DELETED, "the job was just deleted, and with it what belongs to it", e);
            }
            throw e;
        }
    }

    /**
     * Cancels a job.
     *
     * @param by who does
     * @return the job as it was, when the cancellation is on disk; what ran here ends within its grace
     * @throws OpsException JOB_NOT_FOUND; the future fails with JOB_FINISHED, JOB_CANCELLED or JOB_DELETED
     */
    public CompletableFuture<Job> cancel(JobId id, Viewer viewer, String by) {
        Job unused = find(id, viewer);
        JobProblem why = new JobProblem(ErrorCode.JOB_CANCELLED.name(), "cancelled by " + by);
        return storage.store().cancel(id, why).thenApply(touched -> {
            Job before = changed(id, touched);
            cancelled.increment();
            LOG.info("job={} cancelled by={} was={}", id, by, before.state());
            runner.find(id).ifPresent(run -> work.execute(() -> callOff(run, why)));
            events.changed(id);
            return before;
        });
    }

    private static void callOff(JobRun run, JobProblem why) {
        Duration grace = run.job().order().rules().cancelGrace();
        run.callOff(new OpsException(ErrorCode.JOB_CANCELLED, why.message()), grace);
    }

    /**
     * Deletes a finished job.
     *
     * @throws OpsException JOB_NOT_FOUND; the future fails with JOB_NOT_FINISHED or JOB_DELETED
     */
    public CompletableFuture<Job> delete(JobId id, Viewer viewer) {
        Job unused = find(id, viewer);
        return storage.store()
                .delete(id)
                .thenApplyAsync(
                        touched -> {
                            Job before = changed(id, touched);
                            LOG.info("job={} deleted was={}", id, before.state());
                            storage.files().remove(touched.files());
                            events.changed(id);
                            return before;
                        },
                        work);
    }

    /** @throws OpsException that says what stood against a change */
    private static Job changed(JobId id, JobStore.Touched touched) {
        Job before = touched.before().orElseThrow(() -> notFound(id));
        if (touched.changed()) {
            return before;
        }
        throw switch (before.state()) {
            case RETURNED, THREW, ERROR ->
                new OpsException(ErrorCode.JOB_FINISHED, "the job has finished before: " + before.state());
            case CANCELLED -> new OpsException(ErrorCode.JOB_CANCELLED, "the job was cancelled before");
            case DELETED -> new OpsException(ErrorCode.JOB_DELETED, "the job was deleted before");
            default ->
                new OpsException(
                        ErrorCode.JOB_NOT_FINISHED,
                        "the job is " + before.state() + "; cancel it first, or wait until it has finished");
        };
    }

    /** As {@link JobStore#list}. */
    public List<Job> list(JobQuery query) {
        List<Job> jobs = new ArrayList<>();
        storage.store().list(query).forEach(job -> jobs.add(live(job)));
        return jobs;
    }

    /** As {@link JobStore#changed}. */
    public List<Job> changed(JobStore.ChangeQuery query) {
        return storage.store().changed(query);
    }

    /** How many jobs were cancelled through this node since it started. */
    public long cancelled() {
        return cancelled.sum();
    }

    /** How many jobs wait and run, on all nodes. */
    public Map<JobState, Long> open() {
        return storage.store().open();
    }

    /** Watches a job: {@code changed} is called when something about it may be new, if it happens on this node. */
    public JobEvents.Watch watch(JobId id, Runnable changed) {
        return events.watch(id, changed);
    }
}
