package org.octaveserver.ops.web.manage;

import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.JobQuery;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.Viewer;

/** Which jobs a request for a list wants to see. */
public final class JobListParameters {
    private final Optional<String> state;
    private final Optional<String> bundle;
    private final Optional<String> principal;
    private final Optional<String> since;
    private final Optional<String> until;

    /**
     * Read by Jersey; looked at below, where a failure is not Jersey's.
     *
     * @param state one or more with commas
     * @param bundle or {@code name@version}
     * @param since accepted at this moment or later
     * @param until accepted before this moment
     */
    public JobListParameters(
            @QueryParam("state") @Nullable String state,
            @QueryParam("bundle") @Nullable String bundle,
            @QueryParam("principal") @Nullable String principal,
            @QueryParam("since") @Nullable String since,
            @QueryParam("until") @Nullable String until) {
        this.state = Optional.ofNullable(state);
        this.bundle = Optional.ofNullable(bundle);
        this.principal = Optional.ofNullable(principal);
        this.since = Optional.ofNullable(since);
        this.until = Optional.ofNullable(until);
    }

    /**
     * The query.
     *
     * @throws OpsException INVALID_INPUT naming the parameter and what is allowed; FORBIDDEN
     */
    JobQuery query(Viewer viewer, JobQuery.Page page) {
        if (principal.isPresent() && !viewer.operator() && !principal.equals(viewer.principal())) {
            throw new OpsException(
                    ErrorCode.FORBIDDEN, "the jobs of somebody else (parameter \"principal\") are for operators only");
        }
        return new JobQuery(
                viewer,
                state.map(JobListParameters::states).orElse(Set.of()),
                bundle,
                principal,
                new JobQuery.Span(since.map(text -> instant("since", text)), until.map(text -> instant("until", text))),
                page);
    }

    private static Set<JobState> states(String text) {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        for (String name : text.split(",", -1)) {
            states.add(Arrays.stream(JobState.values())
                    .filter(one -> one.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> invalid("the parameter \"state\" has \"" + name + "\"; known are "
                            + Arrays.stream(JobState.values())
                                    .map(JobState::name)
                                    .collect(Collectors.joining(", ")))));
        }
        return states;
    }

    private static Instant instant(String name, String text) {
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            // What milliseconds cannot count is none either.
            long unused = moment.toEpochMilli();
            return moment;
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(
                    "the parameter \"" + name + "\" is a moment such as 2026-11-23T01:02:03Z, not \"" + text + "\"");
        }
    }

    private static OpsException invalid(String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, why);
    }
}
