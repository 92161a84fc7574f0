package org.octaveserver.ops.web.mps;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.octaveserver.ops.call.CallInProgress;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.web.edge.AsyncResponse;

/**
 * A call in MPS's JSON, and its outcome.
 *
 * @param target what it calls
 * @param options what its headers say
 * @param origin where it comes from
 */
record JsonCall(Parts parts, CallTarget target, CallOptions options, CallOrigin origin) implements CallExchange.Form {
    /** What all of them use. */
    record Parts(CallService calls, CallRequestReader reader, CallResponseWriter writer) {}

    @Override
    public CallExchange.Started start(byte[] body) {
        CallRequest request = parts.reader().read(body);
        CallInProgress call = parts.calls().call(target, request.nargout(), request.rhs(), options, origin);
        return new CallExchange.Started(call, outcome -> tell(request, outcome));
    }

    private AsyncResponse.Message tell(CallRequest request, CallOutcome outcome) throws IOException {
        // Grows without copying what it has, so that a large answer is in memory once.
        UnsynchronizedByteArrayOutputStream body =
                UnsynchronizedByteArrayOutputStream.builder().get();
        if (outcome instanceof CallOutcome.Returned returned) {
            parts.writer().writeResult(returned.outputs(), returned.figures(), request.format(), body);
        } else if (outcome instanceof CallOutcome.Threw threw) {
            parts.writer().writeMatlabError(matlabError(threw), body);
        }
        return AsyncResponse.Message.of(HttpServletResponse.SC_OK, Map.of(), MediaType.APPLICATION_JSON, body);
    }

    private static MatlabError matlabError(CallOutcome.Threw threw) {
        List<MatlabError.Frame> stack = threw.stack().stream()
                .map(frame -> new MatlabError.Frame(frame.file(), frame.name(), frame.line()))
                .toList();
        return new MatlabError(threw.identifier(), threw.message(), stack);
    }
}
