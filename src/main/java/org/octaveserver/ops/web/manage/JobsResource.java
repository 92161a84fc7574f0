package org.octaveserver.ops.web.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobQuery;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.job.Viewer;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.security.Principal;
import org.octaveserver.ops.settings.Durations;
import org.octaveserver.ops.web.edge.AccessFilter;
import org.octaveserver.ops.web.edge.Needs;
import org.octaveserver.ops.web.edge.Viewers;

/** Jobs, for those who have submitted them, and all of them for whoever runs the server. Thread-safe. */
@Path("api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Needs(Access.CALL)
public final class JobsResource {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final JobService jobs;
    private final JobWatches watches;
    private final Executor work;

    /**
     * Jobs over HTTP.
     *
     * @param watches for those who wait
     * @param work threads for answers to changes
     */
    public JobsResource(JobWatches watches, Executor work) {
        this.jobs = watches.jobs();
        this.watches = watches;
        this.work = work;
    }

    /**
     * A page, newest first.
     *
     * @param next the cursor of the next page, if there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<JobView> jobs, @Nullable String next) {}

    /** Some of them. */
    @GET
    public Page list(
            @BeanParam JobListParameters wanted,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @Context ContainerRequestContext context) {
        JobQuery.Page part = JobCursor.page(Optional.ofNullable(limit), Optional.ofNullable(cursor));
        List<Job> found = jobs.list(wanted.query(viewer(context), part));
        int most = part.size() - 1;
        List<Job> page = found.subList(0, Math.min(most, found.size()));
        String next = found.size() > most ? JobCursor.after(page.get(most - 1).id()) : null;
        return new Page(page.stream().map(JobView::of).toList(), next);
    }

    /**
     * One; at once, or when it has finished or {@code wait} is over.
     *
     * @param since with {@code wait}: answer too when its sequence is larger than this
     */
    @GET
    @Path("{id}")
    public void get(
            @PathParam("id") String id,
            @QueryParam("wait") @Nullable String wait,
            @QueryParam("since") @Nullable String since,
            @Suspended AsyncResponse response,
            @Context ContainerRequestContext context) {
        Viewer viewer = viewer(context);
        Duration longest = wait(wait);
        OptionalLong known = since(since);
        Job job = jobs.find(id(id), viewer);
        if (longest.isZero() || !job.state().isOpen()) {
            response.resume(JobView.of(job));
        } else {
            new JobWait(watches, viewer, job.id(), known, longest, response).begin();
        }
    }

    private static Duration wait(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        try {
            Duration wait = Durations.parse(text);
            if (wait.compareTo(LONGEST_WAIT) <= 0) {
                return wait;
            }
        } catch (IllegalArgumentException e) {
            throw invalid("the parameter \"wait\": " + e.getMessage(), e);
        }
        throw invalid("the parameter \"wait\" is at most " + LONGEST_WAIT.toSeconds() + "s, not " + text, null);
    }

    private static OptionalLong since(@Nullable String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!text.matches("\\d{1,18}")) {
            throw invalid(
                    "the parameter \"since\" is the sequence of a job, a whole number, not \"" + text + "\"", null);
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static OpsException invalid(String why, @Nullable Exception cause) {
        return new OpsException(ErrorCode.INVALID_INPUT, why, cause);
    }

    /** Cancels one that waits or runs, and answers it; removes one that has finished. */
    @DELETE
    @Path("{id}")
    public void dismiss(
            @PathParam("id") String id, @Suspended AsyncResponse response, @Context ContainerRequestContext context) {
        Principal principal = AccessFilter.principal(context);
        Viewer viewer = Viewers.of(principal);
        Job job = jobs.find(id(id), viewer);
        if (job.state().isOpen()) {
            answer(
                    cancelled(job.id(), principal).exceptionallyCompose(failure -> {
                        // It has finished meanwhile, so that this request comes to a finished one.
                        OpsException why = OpsException.of(failure);
                        return why.code() == ErrorCode.JOB_FINISHED
                                ? removed(job.id(), viewer)
                                : CompletableFuture.failedFuture(why);
                    }),
                    response);
        } else {
            answer(removed(job.id(), viewer), response);
        }
    }

    /** Cancels one that waits or runs, and answers it. */
    @POST
    @Path("{id}/cancel")
    public void cancel(
            @PathParam("id") String id, @Suspended AsyncResponse response, @Context ContainerRequestContext context) {
        answer(cancelled(id(id), AccessFilter.principal(context)), response);
    }

    private CompletableFuture<Response> cancelled(JobId id, Principal by) {
        Viewer viewer = Viewers.of(by);
        return jobs.cancel(id, viewer, by.name())
                .thenApplyAsync(
                        before -> Response.ok(JobView.of(jobs.find(id, viewer)), MediaType.APPLICATION_JSON_TYPE)
                                .build(),
                        work);
    }

    private CompletableFuture<Response> removed(JobId id, Viewer viewer) {
        return jobs.delete(id, viewer).thenApply(before -> Response.noContent().build());
    }

    /** On another thread than the store's, which has more to do than to write to a client. */
    private void answer(CompletableFuture<Response> found, AsyncResponse response) {
        var unused = found.whenCompleteAsync(
                (answer, failure) -> {
                    boolean unusedResumed =
                            failure == null ? response.resume(answer) : response.resume(OpsException.of(failure));
                },
                work);
    }

    private static JobId id(String text) {
        return JobId.parse(text)
                .orElseThrow(() -> new OpsException(
                        ErrorCode.INVALID_JOB_ID, "\"" + text + "\" is no id of a job, which is a UUID"));
    }

    private static Viewer viewer(ContainerRequestContext context) {
        return Viewers.of(AccessFilter.principal(context));
    }
}
