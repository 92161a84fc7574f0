package org.octaveserver.ops.job;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.ErrorKind;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Step;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.StoredValues;

/**
 * One attempt at a job on this node, from its claim to the moment when its end is on disk. It takes no thread while it waits or
 * runs. Thread-safe.
 */
final class JobRun implements FunctionRuns.Listener {
    private static final Logger LOG = LogManager.getLogger(JobRun.class);
    private static final int TAIL = 4096;

    private final ClaimedJob claimed;
    private final Parts parts;
    private final Optional<Deadline> patience;
    /** Completes when nothing is left to do for it here. */
    private final CompletableFuture<Verdict> over = new CompletableFuture<>();

    private volatile FunctionRuns.@Nullable Run run;
    private volatile Progress progress = Progress.NONE;
    private volatile boolean begun;
    /** Why it was called off here, when it was. */
    private volatile @Nullable OpsException calledOff;

    /**
     * What all attempts use.
     *
     * @param records until it is known to be on disk
     * @param largestResult in bytes
     */
    record Parts(
            JobStorage storage,
            FunctionRuns functions,
            Threads threads,
            Recorder records,
            JobEvents events,
            long largestResult) {
        JobStore store() {
            return storage.store();
        }

        PayloadFiles files() {
            return storage.files();
        }
    }

    /**
     * Who does what takes time.
     *
     * @param work waits for files and processes
     * @param beginnings wait for workers that read their arguments: as many as there are workers, so that one which reads
     *     slowly holds up no other
     */
    record Threads(Executor work, Executor beginnings) {}

    /** How it went, for whoever gives this node its jobs. */
    enum Verdict {
        /** Its end is recorded, or is another's to record. */
        DONE,
        /** There was no worker to be had for its bundle. */
        NO_WORKER
    }

    /**
     * An attempt.
     *
     * @param patience until when this node tries to get a worker for it, when there was none to be had before
     */
    JobRun(ClaimedJob claimed, Parts parts, Optional<Deadline> patience) {
        this.claimed = claimed;
        this.parts = parts;
        this.patience = patience;
    }

    JobLease lease() {
        return claimed.lease();
    }

    Job job() {
        return claimed.job();
    }

    CompletableFuture<Verdict> over() {
        return over;
    }

    Progress progress() {
        return progress;
    }

    String printed() {
        FunctionRuns.Run current = run;
        return current == null ? "" : current.printed();
    }

    JobStore.Report report() {
        String printed = printed();
        return new JobStore.Report(progress, printed.substring(Math.max(0, printed.length() - TAIL)));
    }

    /** Begins, on another thread. */
    CompletableFuture<Verdict> start() {
        parts.threads().work().execute(() -> step(this::ask));
        return over;
    }

    private void ask() {
        FunctionRuns.Run mine = parts.functions().begin(job(), this);
        run = mine;
        OpsException early = calledOff;
        if (early != null) {
            boolean unused = mine.cancel(by(early), Duration.ZERO);
        }
        var unused = mine.outcome()
                .whenComplete((outcome, failure) -> step(() -> {
                    if (failure != null) {
                        failed(OpsException.of(failure));
                    } else {
                        ended(outcome);
                    }
                }));
    }

    private List<OctaveValue> arguments() {
        try {
            return StoredValues.read(parts.files().read(claimed.arguments()));
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.JOB_DAMAGED, "the arguments that were kept cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletableFuture<List<OctaveValue>> begins() {
        Executor beginnings = parts.threads().beginnings();
        return CompletableFuture.supplyAsync(this::arguments, beginnings)
                .thenCompose(arguments -> parts.store()
                        .begin(lease())
                        // Not on the store's own thread: what follows takes as long as the worker takes to read.
                        .whenCompleteAsync((mine, failure) -> {}, beginnings)
                        .thenApply(mine -> begun(mine, arguments)));
    }

    private List<OctaveValue> begun(boolean mine, List<OctaveValue> arguments) {
        if (!mine) {
            throw new OpsException(ErrorCode.JOB_CANCELLED, "the job is not this node's any more");
        }
        begun = true;
        parts.events().changed(job().id());
        return arguments;
    }

    @Override
    public void progressed(Progress said) {
        progress = said;
        parts.events().changed(job().id());
    }

    /**
     * Stops it here: it was cancelled, this node has lost it, or stops. When this returns, what ran is gone.
     *
     * @param grace how long the function may go on
     */
    void callOff(OpsException why, Duration grace) {
        calledOff = why;
        FunctionRuns.Run current = run;
        if (current != null) {
            boolean unused = current.cancel(by(why), grace);
        }
    }

    boolean isCalledOff() {
        return calledOff != null;
    }

    private static String by(OpsException why) {
        return "its job (" + why.getMessage() + ")";
    }

    private void ended(CallOutcome outcome) {
        OpsException off = calledOff;
        if (off != null && off.code() == ErrorCode.JOB_CANCELLED) {
            keepOutput();
            return;
        }
        record(EndingDraft.of(parts.files(), outcome, progress, parts.largestResult()));
    }

    private void failed(OpsException failure) {
        OpsException off = calledOff;
        OpsException why = off == null ? failure : off;
        if (why.code() == ErrorCode.JOB_CANCELLED) {
            keepOutput();
        } else if (mayRunAgain(why)) {
            giveBack(why, wasHeldUp(why) ? Verdict.DONE : Verdict.NO_WORKER);
        } else {
            LOG.info("job={} attempt={} error={} {}", job().id(), lease().attempt(), why.code(), why.getMessage());
            record(EndingDraft.of(parts.files(), why, printed(), progress));
        }
    }

    /** What has not begun can; what has begun only when its function may run twice. */
    private boolean mayRunAgain(OpsException why) {
        boolean may = begun
                ? mayBeginAgain()
                : wasHeldUp(why) || !patience.map(Deadline::passed).orElse(false);
        return may && why.code().kind() == ErrorKind.UNAVAILABLE;
    }

    private boolean mayBeginAgain() {
        JobRules rules = job().order().rules();
        return rules.idempotent() && (isCalledOff() || job().status().tries().begins() + 1 < rules.mostAttempts());
    }

    /** By the server that stops or the store that is away, not for want of a worker: that is none of its tries. */
    private boolean wasHeldUp(OpsException why) {
        return isCalledOff() || (!begun && why.code() == ErrorCode.JOB_STORE_UNAVAILABLE);
    }

    private void giveBack(OpsException why, Verdict verdict) {
        LOG.info("job={} attempt={} goes back into the queue: {}", job().id(), lease().attempt(), why.getMessage());
        settle(parts.records().untilKnown(() -> parts.store().giveBack(lease())), verdict, Optional.empty());
    }

    private void keepOutput() {
        EndingDraft draft = EndingDraft.of(
                parts.files(), new OpsException(ErrorCode.JOB_CANCELLED, "cancelled"), printed(), progress);
        settle(
                parts.records()
                        .untilKnown(() -> draft.writeOutput()
                                .map(output -> parts.store().keepOutput(lease(), output))
                                .orElseGet(() -> CompletableFuture.completedFuture(true))),
                Verdict.DONE,
                Optional.of(draft));
    }

    private void record(EndingDraft draft) {
        settle(
                parts.records()
                        .untilKnown(() -> parts.store().finish(lease(), draft.write()))
                        .exceptionallyCompose(this::recordLess),
                Verdict.DONE,
                Optional.of(draft));
    }

    /** What cannot be kept as it is ends at least: nobody would look for it before the next start. */
    private CompletableFuture<Boolean> recordLess(Throwable thrown) {
        LOG.error("job={} attempt={} its end cannot be kept as it was", job().id(), lease().attempt(), thrown);
        EndingDraft less = EndingDraft.of(parts.files(), OpsException.of(thrown), "", progress);
        return parts.records().untilKnown(() -> parts.store().finish(lease(), less.write()));
    }

    private void settle(CompletableFuture<Boolean> recorded, Verdict verdict, Optional<EndingDraft> draft) {
        var unused = recorded.whenComplete((counted, failure) -> {
            if (failure != null) {
                LOG.error("job={} attempt={} cannot be recorded", job().id(), lease().attempt(), failure);
            } else if (!counted) {
                LOG.info("job={} attempt={} was not this node's any more", job().id(), lease().attempt());
                // Not on the store's own thread either.
                draft.ifPresent(unneeded -> parts.threads().work().execute(unneeded::discard));
            }
            draft.ifPresent(EndingDraft::settled);
            boolean unusedAnswer = over.complete(verdict);
        });
    }

    /** What fails here must be recorded: nobody else would. */
    private void step(Step.Action action) {
        Step.take(
                action,
                thrown -> Step.take(() -> failedHere(thrown), again -> {
                    LOG.error("job={} attempt={} is left to its lease", job().id(), lease().attempt(), again);
                    boolean unused = over.complete(Verdict.DONE);
                }));
    }

    private void failedHere(Throwable thrown) {
        OpsException failure = OpsException.of(thrown);
        if (failure.code() == ErrorCode.INTERNAL) {
            LOG.error("job={} attempt={} failed in the server", job().id(), lease().attempt(), thrown);
        }
        failed(failure);
    }
}
