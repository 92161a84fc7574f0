package org.octaveserver.ops.job;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The end of a job on its way to disk. Its payloads are written when there is room for them, and then only once, however
 * often recording it has to be tried. For one thread at a time.
 */
final class EndingDraft {
    private final PayloadFiles files;
    private final JobState state;
    private final Optional<CallOutcome> outcome;
    private final String printed;
    private final Optional<JobProblem> problem;
    private final Progress progress;

    private @Nullable Payload result;
    private @Nullable Payload output;

    private EndingDraft(
            PayloadFiles files,
            JobState state,
            Optional<CallOutcome> outcome,
            String printed,
            Optional<JobProblem> problem,
            Progress progress) {
        this.files = files;
        this.state = state;
        this.outcome = outcome;
        this.printed = printed;
        this.problem = problem;
        this.progress = progress;
    }

    /**
     * Of a function that returned or threw.
     *
     * @param largest how many bytes the result may have
     * @throws OpsException JOB_RESULT_TOO_LARGE
     */
    static EndingDraft of(PayloadFiles files, CallOutcome outcome, Progress last, long largest) {
        if (outcome.size() > largest) {
            throw new OpsException(
                    ErrorCode.JOB_RESULT_TOO_LARGE,
                    "the result has " + outcome.size() + " bytes, and may have " + largest
                            + " (setting ops.jobs.max-result-size)");
        }
        if (outcome instanceof CallOutcome.Threw threw) {
            JobProblem problem = new JobProblem(threw.identifier(), threw.message());
            return new EndingDraft(
                    files, JobState.THREW, Optional.of(outcome), outcome.printed(), Optional.of(problem), last);
        }
        return new EndingDraft(
                files,
                JobState.RETURNED,
                Optional.of(outcome),
                outcome.printed(),
                Optional.empty(),
                new Progress(1, last.message()));
    }

    /** Of a function that could not be run, or not to its end. */
    static EndingDraft of(PayloadFiles files, OpsException failure, String printed, Progress last) {
        return new EndingDraft(
                files, JobState.ERROR, Optional.empty(), printed, Optional.of(JobProblem.of(failure)), last);
    }

    /** @throws OpsException JOB_STORE_UNAVAILABLE when there is no room now */
    Ending write() {
        if (outcome.isPresent() && files.isMissing(result)) {
            CallOutcome its = outcome.get();
            result = files.keep(out -> StoredOutcome.write(its, out), its.size());
        }
        return new Ending(state, Optional.ofNullable(result), writeOutput(), problem, progress);
    }

    /** What was printed; nothing when nothing was. */
    Optional<Payload> writeOutput() {
        if (!printed.isEmpty() && files.isMissing(output)) {
            byte[] bytes = printed.getBytes(StandardCharsets.UTF_8);
            output = files.keep(out -> out.write(bytes), bytes.length);
        }
        return Optional.ofNullable(output);
    }

    /** It is recorded, or never will be: its files are looked after as all others are. */
    void settled() {
        Optional.ofNullable(result).ifPresent(files::settled);
        Optional.ofNullable(output).ifPresent(files::settled);
    }

    /** It does not count: nobody will refer to what was written. */
    void discard() {
        Optional.ofNullable(result).ifPresent(files::remove);
        Optional.ofNullable(output).ifPresent(files::remove);
    }
}
