package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.IdempotencyKey;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobOwner;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore;
import org.octaveserver.ops.job.Submission;
import org.octaveserver.ops.web.edge.AsyncResponse;
import org.octaveserver.ops.web.edge.JobFace;

/**
 * A job in MPS's JSON, until it is accepted (MPS RESTful API, "POST Asynchronous Request").
 *
 * @param target what it calls
 * @param options what its headers say
 * @param origin where it comes from
 * @param head what else its head says
 */
record JsonJob(Parts parts, CallTarget target, CallOptions options, CallOrigin origin, Head head)
        implements CallExchange.Form {
    /** Values of a longer body may be large enough for a file, which takes the time of a disk. */
    private static final int SMALL_BODY = 2048;

    /**
     * What all of them use.
     *
     * @param large threads that read large bodies and may wait for files
     */
    record Parts(JobDesk desk, CallRequestReader reader, Executor large) {}

    /**
     * What the head of the request says.
     *
     * @param client what the submitter calls itself
     * @param key under which it may submit again
     * @param target path and query, as they were sent
     * @param up the path of the collection that the job is in
     */
    record Head(String client, Optional<String> key, String target, String up) {
        static Head of(HttpServletRequest request, CallQuery query, JobService jobs) {
            String target = request.getRequestURI() + "?" + request.getQueryString();
            String up = RequestView.up(request.getContextPath(), jobs.instance());
            return new Head(query.client(), IdempotencyHeader.read(request), target, up);
        }
    }

    @Override
    public CallExchange.Started start(byte[] body) {
        CallRequest request = parts.reader().read(body);
        for (Callback callback : request.callbacks()) {
            parts.desk().destinations().accept(callback.uri(), SubscriberParser.member(callback.event()));
        }
        Submission submission = submission(request, body);
        CompletableFuture<CallExchange.Reply> reply = submitted(submission, body.length)
                .thenApplyAsync(
                        submitted -> () -> accepted(submitted.job()),
                        parts.desk().work());
        return new CallExchange.Started(reply, Optional.empty());
    }

    private CompletableFuture<JobStore.Submitted> submitted(Submission submission, int length) {
        JobService jobs = parts.desk().jobs();
        return length <= SMALL_BODY
                ? jobs.submit(submission)
                : CompletableFuture.completedFuture(submission).thenComposeAsync(jobs::submit, parts.large());
    }

    private Submission submission(CallRequest request, byte[] body) {
        JobOwner owner = new JobOwner(origin.principal(), origin.party(), head.client());
        Optional<IdempotencyKey> key = head.key().map(text -> new IdempotencyKey(text, fingerprint(body)));
        Submission.Wishes wishes =
                new Submission.Wishes(options, request.callbacks(), JobFace.of(request.format()), key);
        return new Submission(target, request.nargout(), request.rhs(), owner, wishes);
    }

    /** Of all that makes the request what it is. Neither a path nor a query has a line's end in it. */
    private String fingerprint(byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((head.target() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The job as it is; with a key that was used before, perhaps long since finished. */
    private AsyncResponse.Message accepted(Job job) {
        if (job.state() == JobState.DELETED) {
            throw new OpsException(
                    ErrorCode.JOB_DELETED, "the job that was submitted under this Idempotency-Key was deleted since");
        }
        RequestView view = RequestView.of(job, head.up());
        return AsyncResponse.Message.of(
                HttpServletResponse.SC_CREATED,
                Map.of(HttpHeaders.LOCATION, view.self()),
                MediaType.APPLICATION_JSON,
                view.json());
    }
}
