package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobProblem;
import org.octaveserver.ops.job.JobRules;
import org.octaveserver.ops.settings.Durations;
import org.octaveserver.ops.web.edge.MpsState;

/**
 * A job as it is told.
 *
 * @param mpsState its state by MPS's name
 * @param sequence of its last change of state
 * @param principal who submitted it; absent for an anonymous one
 * @param client what its submitter calls itself
 * @param urgency from 0 to 7, when the submitter said one
 * @param attempt how often its function has begun
 * @param node which has or had it last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "id", "bundle", "version", "release", "function", "outputs", "state", "mpsState", "sequence", "principal", "client",
    "urgency", "accepted", "claimed", "begun", "ended", "deleted", "progress", "attempt", "node", "problem", "limits"
})
record JobView(
        String id,
        String bundle,
        String version,
        long release,
        String function,
        int outputs,
        String state,
        String mpsState,
        long sequence,
        @Nullable String principal,
        String client,
        @Nullable Integer urgency,
        String accepted,
        @Nullable String claimed,
        @Nullable String begun,
        @Nullable String ended,
        @Nullable String deleted,
        Progress progress,
        int attempt,
        @Nullable String node,
        @Nullable Problem problem,
        Limits limits) {
    /** How far the function says that it is. */
    record Progress(double fraction, String message) {}

    /** Why it did not return. */
    record Problem(String code, String message) {}

    /** Under which it runs. */
    record Limits(String timeout, String cancelGrace, boolean idempotent, int mostAttempts) {
        static Limits of(JobRules rules) {
            return new Limits(
                    Durations.text(rules.timeout()),
                    Durations.text(rules.cancelGrace()),
                    rules.idempotent(),
                    rules.mostAttempts());
        }
    }

    static JobView of(Job job) {
        Optional<JobProblem> problem = job.status().problem();
        var urgency = job.order().options().urgency();
        return new JobView(
                job.id().toString(),
                job.target().bundle(),
                job.target().version(),
                job.target().release(),
                job.target().function(),
                job.target().outputs(),
                job.state().name(),
                MpsState.of(job.state()),
                job.status().sequence(),
                job.owner().principal().orElse(null),
                job.owner().client(),
                urgency.isPresent() ? urgency.getAsInt() : null,
                job.times().accepted().toString(),
                text(job.times().claimed()),
                text(job.times().begun()),
                text(job.times().ended()),
                text(job.times().deleted()),
                new Progress(
                        job.status().progress().fraction(),
                        job.status().progress().message()),
                job.status().tries().begins(),
                job.status().node().isEmpty() ? null : job.status().node(),
                problem.map(why -> new Problem(why.code(), why.message())).orElse(null),
                Limits.of(job.order().rules()));
    }

    private static @Nullable String text(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }
}
