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
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobQuery;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.Viewer;

/** Which jobs a request for a list wants to see. */
public final class JobListParameters {
    private static final int MOST = 500;
    private static final int USUAL = 50;

    private final Optional<String> state;
    private final Optional<String> bundle;
    private final Optional<String> principal;
    private final Optional<String> since;
    private final Optional<String> until;
    private final Optional<String> limit;
    private final Optional<String> cursor;

    /**
     * Read by Jersey; looked at below, where a failure is not Jersey's.
     *
     * @param state one or more with commas
     * @param bundle or {@code name@version}
     * @param since accepted at this moment or later
     * @param until accepted before this moment
     * @param limit how many at most
     * @param cursor the {@code next} of the page before
     */
    public JobListParameters(
            @QueryParam("state") @Nullable String state,
            @QueryParam("bundle") @Nullable String bundle,
            @QueryParam("principal") @Nullable String principal,
            @QueryParam("since") @Nullable String since,
            @QueryParam("until") @Nullable String until,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        this.state = Optional.ofNullable(state);
        this.bundle = Optional.ofNullable(bundle);
        this.principal = Optional.ofNullable(principal);
        this.since = Optional.ofNullable(since);
        this.until = Optional.ofNullable(until);
        this.limit = Optional.ofNullable(limit);
        this.cursor = Optional.ofNullable(cursor);
    }

    /** How many are wanted at most. */
    int limit() {
        String text = limit.orElse(Integer.toString(USUAL));
        int number = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MOST) {
            throw invalid("the parameter \"limit\" is a whole number from 1 to " + MOST + ", not \"" + text + "\"");
        }
        return number;
    }

    /**
     * The query, for one more than are wanted: whether there is that one tells whether there is a next page.
     *
     * @throws OpsException INVALID_INPUT naming the parameter and what is allowed; FORBIDDEN
     */
    JobQuery query(Viewer viewer) {
        if (principal.isPresent() && !viewer.operator() && !principal.equals(viewer.principal())) {
            throw new OpsException(
                    ErrorCode.FORBIDDEN, "the jobs of somebody else (parameter \"principal\") are for operators only");
        }
        return new JobQuery(
                viewer,
                state.map(JobListParameters::states).orElse(Set.of()),
                bundle,
                principal,
                new JobQuery.Span(
                        since.map(text -> instant("since", text)), until.map(text -> instant("until", text))),
                new JobQuery.Page(limit() + 1, cursor.map(JobListParameters::after)));
    }

    private static Set<JobState> states(String text) {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        for (String name : text.split(",", -1)) {
            states.add(Arrays.stream(JobState.values())
                    .filter(one -> one.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> invalid("the parameter \"state\" has \"" + name + "\"; known are "
                            + Arrays.stream(JobState.values()).map(JobState::name).collect(Collectors.joining(", ")))));
        }
        return states;
    }

    private static Instant instant(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw invalid("the parameter \"" + name + "\" is a moment such as 2026-11-23T01:02:03Z, not \"" + text + "\"");
        }
    }

    private static JobId after(String text) {
        return JobCursor.read(text)
                .orElseThrow(() -> invalid("the parameter \"cursor\" is not one that this server has given as \"next\""));
    }

    private static OpsException invalid(String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, why);
    }
}
