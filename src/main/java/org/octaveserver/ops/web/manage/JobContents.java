package org.octaveserver.ops.web.manage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.Viewer;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.value.json.OutputFormat;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.AsyncResponse;
import org.octaveserver.ops.web.edge.DeferredAnswer;
import org.octaveserver.ops.web.edge.EventStream;
import org.octaveserver.ops.web.edge.FailureResponse;
import org.octaveserver.ops.web.edge.JobFace;
import org.octaveserver.ops.web.edge.OutcomeWriter;
import org.octaveserver.ops.web.edge.Query;
import org.octaveserver.ops.web.edge.RequestIds;
import org.octaveserver.ops.web.edge.Viewers;

/** What jobs have answered and printed, and what happens to them, over HTTP. Thread-safe. */
public final class JobContents {
    private static final String ALLOWED = "GET, HEAD";
    private static final String TEXT = "text/plain;charset=utf-8";

    private final JobService jobs;
    private final JobWatches watches;
    private final AccessCheck access;
    private final OutcomeWriter answers;
    private final Executor large;
    private final Problems errors = new Problems();
    private final DeferredAnswer deferred = new DeferredAnswer(errors);

    /**
     * Contents over HTTP.
     *
     * @param watches for those who want events
     * @param answers writes results as calls answer them
     * @param large makes those: as many at once as there are processors
     */
    public JobContents(JobWatches watches, AccessCheck access, OutcomeWriter answers, Executor large) {
        this.jobs = watches.jobs();
        this.watches = watches;
        this.access = access;
        this.answers = answers;
        this.large = large;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, String job, String content)
            throws IOException {
        String id = RequestIds.next();
        response.setHeader(RequestIds.HEADER, id);
        try {
            Viewer viewer = Viewers.of(access.authorize(Access.CALL, request));
            checkMethod(request, response);
            JobId wanted = JobId.parse(job)
                    .orElseThrow(() -> new OpsException(
                            ErrorCode.INVALID_JOB_ID, "\"" + job + "\" is no id of a job, which is a UUID"));
            switch (content) {
                case "result" -> {
                    Format format = Format.of(request);
                    deferred.begin(request, response, id, large, () -> done(result(wanted, viewer, format)));
                }
                case "output" -> deferred.begin(request, response, id, large, () -> done(output(wanted, viewer)));
                default -> events(request, response, wanted, viewer);
            }
        } catch (RuntimeException e) {
            FailureResponse.of(FailureResponse.named(e, "path=" + request.getRequestURI()), errors)
                    .send(response);
        }
    }

    private static void checkMethod(HttpServletRequest request, HttpServletResponse response) {
        String method = request.getMethod();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            response.setHeader(HttpHeaders.ALLOW, ALLOWED);
            throw new OpsException(ErrorCode.METHOD_NOT_ALLOWED, method + " is not allowed here; allowed: " + ALLOWED);
        }
    }

    private static CompletableFuture<AsyncResponse.Message> done(AsyncResponse.Message message) {
        return CompletableFuture.completedFuture(message);
    }

    /** The format that a request asks for; what it leaves open is as the job was submitted. */
    private record Format(Optional<OutputFormat.Mode> mode, Optional<OutputFormat.NanInf> nanInf) {
        static Format of(HttpServletRequest request) {
            Query query = Query.of(request.getQueryString());
            return new Format(
                    chosen(query, "format", JobFace::mode, "small or large"),
                    chosen(query, "nan", JobFace::nanInf, "string or object"));
        }

        private static <T> Optional<T> chosen(
                Query query, String name, Function<String, Optional<T>> choice, String allowed) {
            Optional<String> text = query.one(name);
            Optional<T> chosen = text.flatMap(choice);
            if (text.isPresent() && chosen.isEmpty()) {
                throw new OpsException(
                        ErrorCode.INVALID_INPUT,
                        "the parameter \"" + name + "\" is " + allowed + ", not \"" + text.get() + "\"");
            }
            return chosen;
        }

        OutputFormat or(OutputFormat other) {
            return new OutputFormat(mode.orElse(other.mode()), nanInf.orElse(other.nanInf()));
        }
    }

    private AsyncResponse.Message result(JobId id, Viewer viewer, Format format) throws IOException {
        Job job = jobs.find(id, viewer);
        try {
            return answers.write(
                    jobs.outcome(job), format.or(JobFace.format(job.order().face())));
        } catch (OpsException e) {
            if (job.state() == JobState.ERROR) {
                return FailureResponse.of(e, errors).forGood().message();
            }
            throw e;
        }
    }

    private AsyncResponse.Message output(JobId id, Viewer viewer) {
        Job job = jobs.find(id, viewer);
        if (job.state() == JobState.DELETED) {
            throw new OpsException(ErrorCode.JOB_DELETED, "the job was deleted, and with it what it has printed");
        }
        byte[] bytes = jobs.printed(job).getBytes(StandardCharsets.UTF_8);
        return AsyncResponse.Message.of(HttpServletResponse.SC_OK, Map.of(), TEXT, bytes);
    }

    private void events(HttpServletRequest request, HttpServletResponse response, JobId id, Viewer viewer)
            throws IOException {
        Job job = jobs.find(id, viewer);
        Optional<JobChanges.Position> known = JobChanges.Position.of(request.getHeader("Last-Event-ID"));
        if (known.isPresent() && new JobChanges(jobs, known).isAllKnown(job)) {
            // The standard's way to keep a browser from asking again.
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (request.getMethod().equals(HttpMethod.HEAD)) {
            // Without a body there is no end to wait for.
            EventStream.describe(response);
        } else {
            JobEventStream.begin(watches, new JobChanges(jobs, known), id, viewer, request, response);
        }
    }
}
