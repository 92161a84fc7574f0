package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.call.Routing;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.web.edge.HttpSettings;
import org.octaveserver.ops.web.edge.LimitedStream;
import org.octaveserver.ops.web.edge.Needs;

/**
 * The synchronous call (MPS RESTful API, "POST Synchronous Request"). Thread-safe.
 *
 * <p>No bundle is named {@code api}. Were it not left out here, Jersey would take a POST to a resource of that name that
 * knows no POST for a call, rather than answer that the method is not allowed.
 */
@Path("{bundle:(?!api/)[^/]+}/{function}")
@Needs(Access.CALL)
public final class CallResource {
    private static final String SIZE_SETTING = "ops.http.max-request-size";

    private final Routing routing;
    private final CallService calls;
    private final long maxRequest;
    private final CallRequestReader reader;
    private final CallResponseWriter writer = new CallResponseWriter();

    public CallResource(Routing routing, CallService calls, HttpSettings settings) {
        this.routing = routing;
        this.calls = calls;
        this.maxRequest = settings.maxRequestSize().bytes();
        this.reader = new CallRequestReader(maxRequest);
    }

    /** Runs a function: outputs or the function's own error with 200, everything else as MPS's httperror. */
    @POST
    public Response call(
            @PathParam("bundle") String bundle,
            @PathParam("function") String function,
            @QueryParam("mode") @Nullable String mode,
            @Context HttpServletRequest http)
            throws IOException {
        CallTarget target = routing.resolve(bundle, function);
        if ("async".equals(mode)) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT, "mode=async is not supported yet; without it the call is synchronous");
        }
        checkHead(http);
        CallRequest request = read(http);
        CallOutcome outcome = calls.call(target, request.nargout(), request.rhs());
        ByteArrayOutputStream body = new ByteArrayOutputStream(512);
        if (outcome instanceof CallOutcome.Returned returned) {
            writer.writeResult(returned.outputs(), request.format(), body);
        } else if (outcome instanceof CallOutcome.Threw threw) {
            writer.writeMatlabError(matlabError(threw), body);
        }
        return Response.ok(body.toByteArray(), MediaType.APPLICATION_JSON_TYPE).build();
    }

    private CallRequest read(HttpServletRequest http) {
        try {
            return reader.read(new LimitedStream(http.getInputStream(), maxRequest, SIZE_SETTING));
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    "the body ended before its Content-Length of " + http.getContentLengthLong(),
                    e);
        }
    }

    private void checkHead(HttpServletRequest http) {
        String type = http.getContentType();
        String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals(MediaType.APPLICATION_JSON)) {
            throw new OpsException(
                    ErrorCode.UNSUPPORTED_CONTENT_TYPE,
                    (essence.isEmpty() ? "no Content-Type" : essence)
                            + " is not an accepted content type; send application/json");
        }
        if (http.getContentLengthLong() < 0) {
            throw new OpsException(ErrorCode.LENGTH_REQUIRED, "a call is sent with its Content-Length, not in chunks");
        }
        if (http.getContentLengthLong() > maxRequest) {
            throw LimitedStream.tooLarge(maxRequest, SIZE_SETTING);
        }
    }

    private static MatlabError matlabError(CallOutcome.Threw threw) {
        List<MatlabError.Frame> stack = threw.stack().stream()
                .map(frame -> new MatlabError.Frame(frame.file(), frame.name(), frame.line()))
                .toList();
        return new MatlabError(threw.identifier(), threw.message(), stack);
    }
}
