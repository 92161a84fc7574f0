package org.octaveserver.ops.web.mps.requests;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore;
import org.octaveserver.ops.job.Viewer;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.security.Principal;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.AsyncResponse;
import org.octaveserver.ops.web.edge.DeferredAnswer;
import org.octaveserver.ops.web.edge.FailureResponse;
import org.octaveserver.ops.web.edge.JobFace;
import org.octaveserver.ops.web.edge.MpsState;
import org.octaveserver.ops.web.edge.OutcomeWriter;
import org.octaveserver.ops.web.edge.RequestIds;
import org.octaveserver.ops.web.edge.RequestPath;
import org.octaveserver.ops.web.edge.Viewers;
import org.octaveserver.ops.web.mps.MpsErrors;
import org.octaveserver.ops.web.mps.RequestView;

/** Asynchronous requests as MPS has them (MPS RESTful API, "Asynchronous Execution"): all but their submission. Thread-safe. */
public final class RequestsEndpoint {
    private static final String JSON = MediaType.APPLICATION_JSON;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JobService jobs;
    private final AccessCheck access;
    private final OutcomeWriter answers;
    private final Threads threads;
    private final MpsErrors errors = new MpsErrors();
    private final DeferredAnswer deferred = new DeferredAnswer(errors);

    /**
     * Where answers are made.
     *
     * @param large those with results: as many at once as there are processors
     * @param work the others that wait for the store
     */
    public record Threads(Executor large, Executor work) {}

    /**
     * Requests over HTTP.
     *
     * @param answers writes results as calls answer them
     */
    public RequestsEndpoint(JobService jobs, AccessCheck access, OutcomeWriter answers, Threads threads) {
        this.jobs = jobs;
        this.access = access;
        this.answers = answers;
        this.threads = threads;
    }

    /**
     * What changed.
     *
     * @param createdSeq the counter of changes, from which on to ask the next time
     * @param data the requests, by their last change
     */
    @JsonPropertyOrder({"createdSeq", "data"})
    private record Changes(long createdSeq, List<RequestView> data) {}

    /** How far one is. */
    @JsonPropertyOrder({"request", "lastModifiedSeq", "state"})
    private record Info(String request, long lastModifiedSeq, String state) {}

    /** One request for something under {@code /~}. */
    private record Asked(
            HttpServletRequest request,
            HttpServletResponse response,
            String id,
            RequestsPath path,
            Principal principal) {
        Viewer viewer() {
            return Viewers.of(principal);
        }

        String up() {
            return request.getContextPath() + RequestsPath.PREFIX + path.instance() + "/requests";
        }

        /** @throws OpsException INVALID_JOB_ID */
        JobId job() {
            return JobId.parse(path.id())
                    .orElseThrow(() -> new OpsException(
                            ErrorCode.INVALID_JOB_ID,
                            "\"" + path.id() + "\" is no id of a request; the answer to its POST has it"));
        }
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = RequestIds.next();
        response.setHeader(RequestIds.HEADER, id);
        try {
            // What may be asked of this server is told to those who run it only, as everywhere.
            boolean options = request.getMethod().equals(HttpMethod.OPTIONS);
            Principal principal = access.authorize(options ? Access.MANAGE : Access.CALL, request);
            RequestsPath path = RequestsPath.of(RequestPath.of(request)).orElseThrow(RequestsEndpoint::nothingThere);
            checkInstance(path);
            if (isAllowed(path.resource(), request, response)) {
                answer(new Asked(request, response, id, path, principal));
            }
        } catch (RuntimeException e) {
            FailureResponse.of(FailureResponse.named(e, "path=" + request.getRequestURI()), errors)
                    .send(response);
        }
    }

    private void checkInstance(RequestsPath path) {
        if (!path.instance().equalsIgnoreCase(jobs.instance().toString())) {
            throw new OpsException(
                    ErrorCode.NO_SUCH_REQUESTS,
                    "this server keeps its requests under another name than \"" + path.instance() + "\"");
        }
    }

    private static OpsException nothingThere() {
        return new OpsException(
                ErrorCode.NO_SUCH_REQUESTS, "requests are at /~INSTANCE/requests, one is at /~INSTANCE/requests/ID");
    }

    private static boolean isAllowed(
            RequestsPath.Resource resource, HttpServletRequest request, HttpServletResponse response) {
        if (resource.takes(request.getMethod())) {
            return true;
        }
        String allowed = resource.methods() + ", " + HttpMethod.OPTIONS;
        response.setHeader(HttpHeaders.ALLOW, allowed);
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            throw new OpsException(
                    ErrorCode.METHOD_NOT_ALLOWED, request.getMethod() + " is not allowed here; allowed: " + allowed);
        }
        return false;
    }

    private void answer(Asked asked) throws IOException {
        switch (asked.path().resource()) {
            case ALL -> send(changes(asked), asked);
            case INFO -> send(info(asked), asked);
            case RESULT -> {
                JobId job = asked.job();
                later(asked, threads.large(), () -> CompletableFuture.completedFuture(result(job, asked.viewer())));
            }
            case CANCEL -> {
                JobId job = asked.job();
                later(
                        asked,
                        threads.work(),
                        () -> jobs.cancel(job, asked.viewer(), asked.principal().name())
                                .thenApplyAsync(before -> AsyncResponse.Message.nothing(), threads.work()));
            }
            case REQUEST -> {
                if (asked.request().getMethod().equals(HttpMethod.DELETE)) {
                    JobId job = asked.job();
                    later(
                            asked,
                            threads.work(),
                            () -> jobs.delete(job, asked.viewer())
                                    .thenApplyAsync(before -> AsyncResponse.Message.nothing(), threads.work()));
                } else {
                    send(RequestView.of(shown(asked), asked.up()).json(), asked);
                }
            }
        }
    }

    private void later(Asked asked, Executor where, DeferredAnswer.Search search) throws IOException {
        deferred.begin(asked.request(), asked.response(), asked.id(), where, search);
    }

    private static void send(byte[] body, Asked asked) throws IOException {
        asked.response().setContentType(JSON);
        asked.response().setContentLength(body.length);
        asked.response().getOutputStream().write(body);
    }

    /**
     * Read after the counter: what changes between the two is told now, and once more the next time. Where not all is told,
     * the client is to ask again from the last one on: that is told twice, and others with it, as all have numbers of their
     * own.
     */
    private byte[] changes(Asked asked) {
        JobStore.ChangeQuery query = ChangesWanted.of(asked.request().getQueryString(), asked.viewer());
        long now = jobs.sequence();
        List<Job> changed = jobs.changed(query);
        List<Job> told = changed.subList(0, Math.min(changed.size(), ChangesWanted.MOST));
        long next = told.size() == changed.size()
                ? now
                : told.get(told.size() - 1).status().sequence();
        String up = asked.up();
        return json(new Changes(
                next, told.stream().map(job -> RequestView.of(job, up)).toList()));
    }

    private byte[] info(Asked asked) {
        Job job = shown(asked);
        return json(new Info(asked.up() + "/" + job.id(), job.status().sequence(), MpsState.of(job.state())));
    }

    /** MPS has no state for a deleted one, and no other answer. */
    private Job shown(Asked asked) {
        Job job = jobs.find(asked.job(), asked.viewer());
        if (job.state() == JobState.DELETED) {
            throw new OpsException(ErrorCode.JOB_NOT_FOUND, "the request " + job.id() + " was deleted");
        }
        return job;
    }

    private AsyncResponse.Message result(JobId id, Viewer viewer) throws IOException {
        Job job = jobs.find(id, viewer);
        if (job.state().isOpen()) {
            return AsyncResponse.Message.nothing();
        }
        try {
            return answers.write(jobs.outcome(job), JobFace.format(job.order().face()));
        } catch (OpsException e) {
            if (job.state() == JobState.ERROR) {
                return FailureResponse.of(e, errors).forGood().message();
            }
            throw e;
        }
    }

    private static byte[] json(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }
}
