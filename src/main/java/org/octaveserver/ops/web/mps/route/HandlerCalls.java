package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.security.Principal;
import org.octaveserver.ops.web.edge.AccessCheck;
import org.octaveserver.ops.web.edge.FailureResponse;
import org.octaveserver.ops.web.edge.HttpSettings;
import org.octaveserver.ops.web.edge.RequestBody;
import org.octaveserver.ops.web.edge.RequestIds;
import org.octaveserver.ops.web.mps.CallExchange;
import org.octaveserver.ops.web.mps.MpsErrors;
import org.octaveserver.ops.web.mps.SharedParts;

/**
 * Has functions answer requests as web request handlers (MPS: "Handle Custom Routes and Payloads in HTTP Requests"), with
 * the limits of any call, and as any call without a thread while they wait. Thread-safe.
 */
public final class HandlerCalls {
    private final CallService calls;
    private final AccessCheck access;
    private final CallExchange.Parts parts;

    /**
     * Calls of handlers.
     *
     * @param shared what all requests share
     */
    public HandlerCalls(CallService calls, AccessCheck access, HttpSettings settings, SharedParts shared) {
        this.calls = calls;
        this.access = access;
        this.parts = new CallExchange.Parts(settings.maxRequestSize().bytes(), new MpsErrors(), shared);
    }

    /** Has a function answer a request; what it cannot answer is told as MPS's httperror. */
    void answer(Routed.ToHandler routed, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = RequestIds.next();
        response.setHeader(RequestIds.HEADER, id);
        try {
            Principal principal = access.authorize(Access.CALL, request);
            CallTarget target = routed.target().get();
            RequestBody.checkLength(request, parts.maxRequest());
            HandlerCall call = new HandlerCall(
                    calls, target, HandlerRequest.of(request), RequestIds.origin(id, principal, request));
            new CallExchange(parts, id, call).begin(request, response);
        } catch (RuntimeException e) {
            FailureResponse.of(FailureResponse.named(e, "path=" + request.getRequestURI()), parts.errors())
                    .send(response);
        }
    }
}
