package org.octaveserver.ops.job;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.StoredValues;

/** Accepts jobs: their arguments go to disk, then the jobs themselves. Thread-safe. */
final class JobIntake {
    private final JobStore store;
    private final PayloadFiles files;
    private final JobIds ids;
    private final JobStore.QueueLimits limits;
    private final Function<CallTarget, JobRules> rules;
    private final Executor work;

    /**
     * An intake.
     *
     * @param rules under which jobs of a target run
     * @param work waits for files
     */
    JobIntake(
            JobStorage storage,
            JobIds ids,
            JobStore.QueueLimits limits,
            Function<CallTarget, JobRules> rules,
            Executor work) {
        this.store = storage.store();
        this.files = storage.files();
        this.ids = ids;
        this.limits = limits;
        this.rules = rules;
        this.work = work;
    }

    CompletableFuture<JobStore.Submitted> accept(Submission submission) {
        List<OctaveValue> arguments = submission.arguments();
        Payload payload = files.keep(out -> StoredValues.write(arguments, out), StoredValues.size(arguments));
        Submission.Wishes wishes = submission.wishes();
        NewJob job = new NewJob(
                ids.next(),
                target(submission),
                submission.owner(),
                new JobOrder(wishes.options(), rules.apply(submission.target()), wishes.callbacks(), wishes.face()),
                payload,
                wishes.key());
        CompletableFuture<JobStore.Submitted> answered = store.submit(job, limits);
        // Removing a file is nothing for the store's own thread.
        return payload.file().isEmpty()
                ? answered
                : answered.whenCompleteAsync((submitted, failure) -> settle(payload, submitted, failure), work);
    }

    private void settle(Payload payload, JobStore.@Nullable Submitted submitted, @Nullable Throwable failure) {
        boolean refused = failure != null && OpsException.of(failure).code() != ErrorCode.JOB_STORE_UNAVAILABLE;
        // Of a submission whose fate is unknown the job may be there, and need the file.
        if (refused || (submitted != null && !submitted.added())) {
            files.remove(payload);
        }
        files.settled(payload);
    }

    private static JobTarget target(Submission submission) {
        CallTarget target = submission.target();
        BundleVersion version = target.bundle();
        return new JobTarget(
                version.name().text(),
                version.version().text(),
                version.id(),
                target.release().number(),
                target.function().name(),
                submission.outputs());
    }
}
