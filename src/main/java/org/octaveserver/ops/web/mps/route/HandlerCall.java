package org.octaveserver.ops.web.mps.route;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.call.CallInProgress;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.AsyncResponse;
import org.octaveserver.ops.web.mps.CallExchange;
import org.octaveserver.ops.wire.FigureFormat;

/**
 * The call {@code resp = f (req)} of a web request handler.
 *
 * @param target the function
 * @param request what the head says
 * @param origin where it comes from
 */
record HandlerCall(CallService calls, CallTarget target, HandlerRequest request, CallOrigin origin)
        implements CallExchange.Form {
    private static final Logger LOG = LogManager.getLogger(HandlerCall.class);

    /** A response has no room for them. */
    private static final CallOptions NO_FIGURES =
            new CallOptions(Optional.empty(), Optional.of(FigureFormat.NONE), OptionalInt.empty());

    @Override
    public CallExchange.Started start(byte[] body) {
        CallInProgress call = calls.call(target, 1, List.of(request.with(body)), NO_FIGURES, origin);
        return CallExchange.Started.of(call, this::tell);
    }

    /** A handler that throws is {@code HANDLER_FAILED}, one that answers no response {@code INVALID_HANDLER_RESPONSE}. */
    private AsyncResponse.Message tell(CallOutcome outcome) {
        if (outcome instanceof CallOutcome.Threw threw) {
            LOG.warn(
                    "bundle={} handler={} threw id={}",
                    target.bundle().id(),
                    target.function().name(),
                    threw.identifier());
            throw new OpsException(ErrorCode.HANDLER_FAILED, threw.message());
        }
        CallOutcome.Returned returned = (CallOutcome.Returned) outcome;
        return HandlerResponse.of(returned.outputs().get(0)).to(request.method());
    }
}
