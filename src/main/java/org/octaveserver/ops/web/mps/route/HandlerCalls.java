package org.octaveserver.ops.web.mps.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.HttpSettings;
import org.octaveserver.ops.web.edge.LimitedStream;
import org.octaveserver.ops.wire.FigureFormat;

/**
 * Calls functions as web request handlers, {@code resp = f (req)} (MPS: "Handle Custom Routes and Payloads in HTTP
 * Requests"), with the limits of any call. Thread-safe.
 */
public final class HandlerCalls {
    private static final Logger LOG = LogManager.getLogger(HandlerCalls.class);
    private static final String SIZE_SETTING = "ops.http.max-request-size";

    /** A response has no room for them. */
    private static final CallOptions NO_FIGURES =
            new CallOptions(Optional.empty(), Optional.of(FigureFormat.NONE), OptionalInt.empty());

    private final CallService calls;
    private final long maxRequest;
    private final Executor writers;

    /**
     * Calls of handlers.
     *
     * @param writers where responses are made and written: Jersey waits for clients that do not take theirs
     */
    public HandlerCalls(CallService calls, HttpSettings settings, Executor writers) {
        this.writers = writers;
        this.calls = calls;
        this.maxRequest = settings.maxRequestSize().bytes();
    }

    /**
     * Has a function answer a request.
     *
     * @throws OpsException {@code HANDLER_FAILED} when it throws, {@code INVALID_HANDLER_RESPONSE} when what it answers
     *     is no response, {@code REQUEST_TOO_LARGE}, and what can go wrong with a call
     */
    CompletionStage<Response> answer(CallTarget target, HttpServletRequest http, CallOrigin origin) {
        byte[] body = body(http);
        String method = http.getMethod();
        CompletableFuture<Response> answer = new CompletableFuture<>();
        var unused = calls.call(target, 1, List.of(HandlerRequest.of(http, body)), NO_FIGURES, origin)
                .outcome()
                .thenApplyAsync(outcome -> response(target, method, outcome), writers)
                .whenComplete((response, failure) -> {
                    // Jersey tells a failure by its own class only.
                    boolean unusedFirst = failure == null
                            ? answer.complete(response)
                            : answer.completeExceptionally(OpsException.of(failure));
                });
        return answer;
    }

    private static Response response(CallTarget target, String method, CallOutcome outcome) {
        if (outcome instanceof CallOutcome.Threw threw) {
            LOG.warn(
                    "bundle={} handler={} threw id={}",
                    target.bundle().id(),
                    target.function().name(),
                    threw.identifier());
            throw new OpsException(ErrorCode.HANDLER_FAILED, threw.message());
        }
        CallOutcome.Returned returned = (CallOutcome.Returned) outcome;
        return HandlerResponse.of(returned.outputs().get(0)).to(method);
    }

    private byte[] body(HttpServletRequest http) {
        if (http.getContentLengthLong() > maxRequest) {
            throw LimitedStream.tooLarge(maxRequest, SIZE_SETTING);
        }
        try (InputStream in = new LimitedStream(http.getInputStream(), maxRequest, SIZE_SETTING)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new OpsException(ErrorCode.INVALID_INPUT, "the body broke off before its end", e);
        }
    }
}
