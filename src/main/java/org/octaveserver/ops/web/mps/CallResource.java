package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.web.edge.HttpSettings;
import org.octaveserver.ops.web.edge.LimitedStream;
import org.octaveserver.ops.web.edge.Needs;

/** The synchronous call (MPS RESTful API, "POST Synchronous Request"). Thread-safe. */
@Path(CallResource.PATH)
@Needs(Access.CALL)
public final class CallResource {
    /** Nothing under {@code api} is a call, so that what is not there is not found rather than a wrong method. */
    static final String PATH = "{bundle: (?!api/)[^/]+}/{function}";

    private static final String SIZE_SETTING = "ops.http.max-request-size";

    private final CallService calls;
    private final long maxRequest;
    private final CallRequestReader reader;
    private final CallResponseWriter writer = new CallResponseWriter();

    public CallResource(CallService calls, HttpSettings settings) {
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
        CallTarget target = calls.resolve(bundle, function);
        if ("async".equals(mode)) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT, "mode=async is not supported yet; without it the call is synchronous");
        }
        checkHead(http);
        CallOptions options = CallHeaders.read(http);
        CallRequest request = read(http);
        CallOutcome outcome = calls.call(target, request.nargout(), request.rhs(), options);
        // Grows without copying what it has, so that a large answer is in memory once.
        UnsynchronizedByteArrayOutputStream body =
                UnsynchronizedByteArrayOutputStream.builder().get();
        if (outcome instanceof CallOutcome.Returned returned) {
            writer.writeResult(returned.outputs(), request.format(), body);
        } else if (outcome instanceof CallOutcome.Threw threw) {
            writer.writeMatlabError(matlabError(threw), body);
        }
        return Response.ok((StreamingOutput) body::writeTo, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, body.size())
                .build();
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
                    essence.isEmpty()
                            ? "the Content-Type is missing; send application/json"
                            : essence + " is not an accepted content type; send application/json");
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
