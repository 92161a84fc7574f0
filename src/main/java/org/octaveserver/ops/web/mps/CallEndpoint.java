package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Locale;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.security.Principal;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.FailureResponse;
import org.octaveserver.ops.web.edge.HttpSettings;
import org.octaveserver.ops.web.edge.RequestBody;
import org.octaveserver.ops.web.edge.RequestIds;

/**
 * Calls and jobs (MPS RESTful API, "POST Synchronous Request" and "POST Asynchronous Request"). They hold a thread of the
 * container only while it parses and writes. Thread-safe.
 */
public final class CallEndpoint {
    private static final String OPTIONS = "OPTIONS";
    private static final String ALLOWED = "OPTIONS, POST";

    private final CallService calls;
    private final AccessCheck access;
    private final long maxRequest;
    private final JsonCall.Parts json;
    private final JsonJob.Parts jobs;
    private final CallExchange.Parts parts;

    /**
     * Calls over HTTP.
     *
     * @param shared what all requests share
     * @param desk where jobs are handed in
     */
    public CallEndpoint(
            CallService calls, AccessCheck access, HttpSettings settings, SharedParts shared, JobDesk desk) {
        this.calls = calls;
        this.access = access;
        this.maxRequest = settings.maxRequestSize().bytes();
        CallRequestReader reader = new CallRequestReader(maxRequest);
        this.json = new JsonCall.Parts(calls, reader, new JsonAnswers());
        this.jobs = new JsonJob.Parts(desk, reader, shared.large());
        this.parts = new CallExchange.Parts(maxRequest, new MpsErrors(), shared);
    }

    /** Runs a function: outputs or the function's own error with 200, a job with 201, everything else as MPS's httperror. */
    void answer(HttpServletRequest request, HttpServletResponse response, CallPath path) throws IOException {
        String id = RequestIds.next();
        response.setHeader(RequestIds.HEADER, id);
        try {
            // What may be asked of this server is told to those who run it only, as everywhere.
            Access wanted = request.getMethod().equals(OPTIONS) ? Access.MANAGE : Access.CALL;
            Principal principal = access.authorize(wanted, request);
            if (isPost(request, response)) {
                CallTarget target = calls.resolve(path.bundle(), path.function());
                CallQuery query = CallQuery.of(request);
                checkHead(request);
                CallOptions options = CallHeaders.read(request);
                CallOrigin origin = RequestIds.origin(id, principal, request);
                CallExchange.Form form = query.async()
                        ? new JsonJob(
                                jobs,
                                target,
                                options,
                                origin,
                                JsonJob.Head.of(request, query, jobs.desk().jobs()))
                        : new JsonCall(json, target, options, origin);
                new CallExchange(parts, id, form).begin(request, response);
            }
        } catch (RuntimeException e) {
            FailureResponse.of(FailureResponse.named(e, "path=" + request.getRequestURI()), parts.errors())
                    .send(response);
        }
    }

    private static boolean isPost(HttpServletRequest request, HttpServletResponse response) {
        String method = request.getMethod();
        if (method.equals("POST")) {
            return true;
        }
        response.setHeader(HttpHeaders.ALLOW, ALLOWED);
        if (!method.equals(OPTIONS)) {
            throw new OpsException(ErrorCode.METHOD_NOT_ALLOWED, method + " is not allowed here; allowed: " + ALLOWED);
        }
        return false;
    }

    private void checkHead(HttpServletRequest request) {
        String type = request.getContentType();
        String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals(MediaType.APPLICATION_JSON)) {
            throw new OpsException(
                    ErrorCode.UNSUPPORTED_CONTENT_TYPE,
                    essence.isEmpty()
                            ? "the Content-Type is missing; send application/json"
                            : essence + " is not an accepted content type; send application/json");
        }
        if (request.getContentLengthLong() < 0) {
            throw new OpsException(ErrorCode.LENGTH_REQUIRED, "a call is sent with its Content-Length, not in chunks");
        }
        RequestBody.checkLength(request, maxRequest);
    }
}
