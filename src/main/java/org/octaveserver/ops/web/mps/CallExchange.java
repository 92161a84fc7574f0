package org.octaveserver.ops.web.mps;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.commons.io.output.UnsynchronizedByteArrayOutputStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallInProgress;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.call.CallOrigin;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.call.CallTarget;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.AsyncResponse;
import org.octaveserver.ops.web.edge.FailureResponse;
import org.octaveserver.ops.web.edge.GoneClients;
import org.octaveserver.ops.web.edge.HeldBytes;
import org.octaveserver.ops.web.edge.RequestBody;

/**
 * One call over HTTP, from its body to its answer. Small bodies are parsed by the thread that brings them, and small answers
 * printed by that of the worker; large ones by threads of which there are as many as processors.
 */
final class CallExchange {
    private static final Logger LOG = LogManager.getLogger(CallExchange.class);
    /** Parsing and printing as much takes less than a hand-over between threads, or about that. */
    private static final long LARGE_BYTES = 1 << 15;

    private final Parts parts;
    private final CallTarget target;
    private final CallOptions options;
    private final CallOrigin origin;
    private final HeldBytes.Share held;

    /**
     * What all calls use.
     *
     * @param errors how failures are told
     */
    record Parts(
            CallService calls,
            CallRequestReader reader,
            CallResponseWriter writer,
            MpsErrors errors,
            SharedParts shared) {}

    CallExchange(Parts parts, CallTarget target, CallOptions options, CallOrigin origin) {
        this.parts = parts;
        this.target = target;
        this.options = options;
        this.origin = origin;
        this.held = parts.shared().held().share();
    }

    /** Begins on the container's thread, which is free when this returns. */
    void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        // Calls have deadlines of their own.
        context.setTimeout(0);
        try {
            begin(request, context);
        } catch (IOException | RuntimeException e) {
            // Else nobody would ever end it.
            context.complete();
            throw e;
        }
    }

    private void begin(HttpServletRequest request, AsyncContext context) throws IOException {
        AsyncResponse answer = AsyncResponse.open(context);
        GoneClients.Connection connection = new GoneClients.Connection(
                request.getRemoteAddr(), request.getRemotePort(), request.getLocalAddr(), request.getLocalPort());
        new RequestBody(request, held, parts.shared().watchdog())
                .read(body -> received(body, connection, answer), failure -> fail(failure, answer));
    }

    private void received(byte[] body, GoneClients.Connection connection, AsyncResponse answer) {
        if (body.length > LARGE_BYTES) {
            parts.shared().large().execute(() -> call(body, connection, answer));
        } else {
            call(body, connection, answer);
        }
    }

    private void call(byte[] body, GoneClients.Connection connection, AsyncResponse answer) {
        try {
            CallRequest request = parts.reader().read(body);
            CallInProgress call = parts.calls().call(target, request.nargout(), request.rhs(), options, origin);
            GoneClients.@Nullable Watch watch =
                    call.isWaiting() ? parts.shared().gone().watch(connection, call::abandon) : null;
            var unused = call.outcome().whenComplete((outcome, failure) -> {
                if (watch != null) {
                    watch.close();
                }
                if (failure != null) {
                    fail(OpsException.of(failure), answer);
                } else {
                    elsewhere(outcome, () -> respond(request, outcome, answer));
                }
            });
        } catch (RuntimeException e) {
            fail(e, answer);
        }
    }

    /** Where it takes long; but when the server stops there are no other threads any more. */
    private void elsewhere(CallOutcome outcome, Runnable respond) {
        if (outcome.size() > LARGE_BYTES) {
            try {
                parts.shared().large().execute(respond);
                return;
            } catch (RejectedExecutionException e) {
                LOG.debug("call={} is answered while the server stops", origin.id(), e);
            }
        }
        respond.run();
    }

    private void respond(CallRequest request, CallOutcome outcome, AsyncResponse answer) {
        try {
            // Grows without copying what it has, so that a large answer is in memory once.
            UnsynchronizedByteArrayOutputStream body =
                    UnsynchronizedByteArrayOutputStream.builder().get();
            if (outcome instanceof CallOutcome.Returned returned) {
                parts.writer().writeResult(returned.outputs(), returned.figures(), request.format(), body);
            } else if (outcome instanceof CallOutcome.Threw threw) {
                parts.writer().writeMatlabError(matlabError(threw), body);
            }
            held.close();
            answer.send(HttpServletResponse.SC_OK, Map.of(), MediaType.APPLICATION_JSON, body);
        } catch (IOException | RuntimeException e) {
            fail(e, answer);
        }
    }

    private void fail(Exception thrown, AsyncResponse answer) {
        held.close();
        FailureResponse told = FailureResponse.of(FailureResponse.named(thrown, "call=" + origin.id()), parts.errors());
        UnsynchronizedByteArrayOutputStream body =
                UnsynchronizedByteArrayOutputStream.builder().get();
        body.write(told.body().bytes(), 0, told.body().bytes().length);
        answer.send(told.status(), told.headers(), told.body().type(), body);
    }

    private static MatlabError matlabError(CallOutcome.Threw threw) {
        List<MatlabError.Frame> stack = threw.stack().stream()
                .map(frame -> new MatlabError.Frame(frame.file(), frame.name(), frame.line()))
                .toList();
        return new MatlabError(threw.identifier(), threw.message(), stack);
    }
}
