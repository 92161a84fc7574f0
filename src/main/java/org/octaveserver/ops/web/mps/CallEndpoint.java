package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Locale;
import org.octaveserver.ops.call.CallOptions;
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
 * The synchronous call (MPS RESTful API, "POST Synchronous Request"). It holds a thread of the container only while it
 * parses and writes. Thread-safe.
 */
public final class CallEndpoint {
    private static final String OPTIONS = "OPTIONS";
    private static final String ALLOWED = "OPTIONS, POST";

    private final CallService calls;
    private final AccessCheck access;
    private final long maxRequest;
    private final JsonCall.Parts json;
    private final CallExchange.Parts parts;

    /**
     * Calls over HTTP.
     *
     * @param shared what all requests share
     */
    public CallEndpoint(CallService calls, AccessCheck access, HttpSettings settings, SharedParts shared) {
        this.calls = calls;
        this.access = access;
        this.maxRequest = settings.maxRequestSize().bytes();
        this.json = new JsonCall.Parts(calls, new CallRequestReader(maxRequest), new CallResponseWriter());
        this.parts = new CallExchange.Parts(maxRequest, new MpsErrors(), shared);
    }

    /** Runs a function: outputs or the function's own error with 200, everything else as MPS's httperror. */
    void answer(HttpServletRequest request, HttpServletResponse response, CallPath path) throws IOException {
        String id = RequestIds.next();
        response.setHeader(RequestIds.HEADER, id);
        try {
            // What may be asked of this server is told to those who run it only, as everywhere.
            Access wanted = request.getMethod().equals(OPTIONS) ? Access.MANAGE : Access.CALL;
            Principal principal = access.authorize(wanted, request);
            if (isPost(request, response)) {
                CallTarget target = calls.resolve(path.bundle(), path.function());
                checkHead(request);
                CallOptions options = CallHeaders.read(request);
                JsonCall call = new JsonCall(json, target, options, RequestIds.origin(id, principal, request));
                new CallExchange(parts, id, call).begin(request, response);
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
        if (("&" + request.getQueryString() + "&").contains("&mode=async&")) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT, "mode=async is not supported yet; without it the call is synchronous");
        }
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
