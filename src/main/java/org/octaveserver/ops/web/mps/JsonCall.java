package org.octaveserver.ops.web.mps;

import org.octaveserver.ops.call.CallInProgress;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.OutcomeWriter;

/**
 * A call in MPS's JSON, and its outcome.
 *
 * @param target what it calls
 * @param options what its headers say
 * @param origin where it comes from
 */
record JsonCall(Parts parts, CallTarget target, CallOptions options, CallOrigin origin) implements CallExchange.Form {
    /** What all of them use. */
    record Parts(CallService calls, CallRequestReader reader, OutcomeWriter answers) {}

    @Override
    public CallExchange.Started start(byte[] body) {
        CallRequest request = parts.reader().read(body);
        if (!request.callbacks().isEmpty()) {
            throw new OpsException(
                    ErrorCode.INVALID_INPUT,
                    "subscriber: only a request with mode=async tells somebody else of its end; this one is answered"
                            + " itself");
        }
        CallInProgress call = parts.calls().call(target, request.nargout(), request.rhs(), options, origin);
        return CallExchange.Started.of(call, outcome -> parts.answers().write(outcome, request.format()));
    }
}
