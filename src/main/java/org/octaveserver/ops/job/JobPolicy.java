package org.octaveserver.ops.job;

import java.time.Duration;
import java.util.function.Function;
import org.octaveserver.ops.bundle.JobTerms;
import org.octaveserver.ops.call.CallTarget;

/** How jobs may run: as their bundle says, else as the server does. Immutable. */
final class JobPolicy implements Function<CallTarget, JobRules> {
    private final JobSettings settings;

    JobPolicy(JobSettings settings) {
        this.settings = settings;
    }

    @Override
    public JobRules apply(CallTarget target) {
        JobTerms terms = target.bundle().manifest().serving().jobs();
        return new JobRules(
                terms.isIdempotent(target.function().name()),
                terms.timeout().orElse(settings.timeout()),
                terms.cancelGrace().orElse(Duration.ZERO),
                settings.maxAttempts());
    }
}
