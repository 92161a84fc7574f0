package org.octaveserver.ops.web.mps;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.call.CallInProgress;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Step;
import org.octaveserver.ops.web.edge.AsyncResponse;
import org.octaveserver.ops.web.edge.ErrorFace;
import org.octaveserver.ops.web.edge.FailureResponse;
import org.octaveserver.ops.web.edge.GoneClients;
import org.octaveserver.ops.web.edge.HeldBytes;
import org.octaveserver.ops.web.edge.RequestBody;

/**
 * One request that becomes a call, from its body to its answer, whatever form the two have. Small bodies are parsed by the
 * thread that brings them, and small answers printed by the one that brings the outcome; large ones by threads of which there
 * are as many as processors.
 */
public final class CallExchange {
    private static final Logger LOG = LogManager.getLogger(CallExchange.class);
    /** Parsing and printing as much takes less than a hand-over between threads, or about that. */
    private static final long LARGE_BYTES = 1 << 15;

    private final Parts parts;
    private final String id;
    private final Form form;
    private final HeldBytes.Share held;

    /**
     * What all of a face use.
     *
     * @param maxRequest how many bytes a body may have
     * @param errors how failures are told
     */
    public record Parts(long maxRequest, ErrorFace errors, SharedParts shared) {}

    /** How the call, or the job, stands in the body. */
    public interface Form {
        /**
         * Makes it; on any thread.
         *
         * @throws org.octaveserver.ops.error.OpsException when there is none in the body, or it is refused
         */
        Started start(byte[] body);
    }

    /** How the outcome is told; on any thread. */
    public interface Teller {
        /**
         * Makes the response.
         *
         * @throws org.octaveserver.ops.error.OpsException when it cannot be made of the outcome
         */
        AsyncResponse.Message tell(CallOutcome outcome) throws IOException;
    }

    /** What there is to tell, when it is there. */
    public interface Reply {
        /** How many bytes it takes in memory, about. */
        default long size() {
            return 0;
        }

        /** Makes the response; on any thread. */
        AsyncResponse.Message make() throws IOException;
    }

    /**
     * What was let in.
     *
     * @param reply completes when there is one; what hangs on it must be quick
     * @param call that is given up when its client is gone, if there is one
     */
    public record Started(CompletableFuture<Reply> reply, Optional<CallInProgress> call) {
        /** A call. */
        public static Started of(CallInProgress call, Teller teller) {
            return new Started(call.outcome().thenApply(outcome -> new Told(outcome, teller)), Optional.of(call));
        }
    }

    /** The outcome of a call. */
    private record Told(CallOutcome outcome, Teller teller) implements Reply {
        @Override
        public long size() {
            return outcome.size();
        }

        @Override
        public AsyncResponse.Message make() throws IOException {
            return teller.tell(outcome);
        }
    }

    /**
     * An exchange that is still to begin.
     *
     * @param id of the request
     */
    public CallExchange(Parts parts, String id, Form form) {
        this.parts = parts;
        this.id = id;
        this.form = form;
        this.held = parts.shared().held().share();
    }

    /** Begins on the container's thread, which is free when this returns. */
    public void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        // Calls have deadlines of their own.
        context.setTimeout(0);
        try {
            begin(request, context);
        } catch (IOException | RuntimeException e) {
            // Else nobody would ever end it.
            held.close();
            context.complete();
            throw e;
        }
    }

    private void begin(HttpServletRequest request, AsyncContext context) throws IOException {
        AsyncResponse answer = AsyncResponse.open(context);
        GoneClients.Connection connection = new GoneClients.Connection(
                request.getRemoteAddr(), request.getRemotePort(), request.getLocalAddr(), request.getLocalPort());
        new RequestBody(request, parts.maxRequest(), held, parts.shared().watchdog())
                .read(body -> received(body, connection, answer), failure -> fail(failure, answer));
    }

    private void received(byte[] body, GoneClients.Connection connection, AsyncResponse answer) {
        step(answer, () -> {
            if (body.length > LARGE_BYTES) {
                parts.shared().large().execute(() -> call(body, connection, answer));
            } else {
                call(body, connection, answer);
            }
        });
    }

    /** What fails here must be answered: nobody else would. */
    private void step(AsyncResponse answer, Step.Action next) {
        Step.take(next, failure -> fail(failure, answer));
    }

    private void call(byte[] body, GoneClients.Connection connection, AsyncResponse answer) {
        step(answer, () -> {
            Started started = form.start(body);
            GoneClients.@Nullable Watch watch = started.call()
                    .filter(CallInProgress::isWaiting)
                    .map(call -> parts.shared().gone().watch(connection, call::abandon))
                    .orElse(null);
            var unused = started.reply()
                    .whenComplete((reply, failure) -> step(answer, () -> {
                        if (watch != null) {
                            watch.close();
                        }
                        if (failure != null) {
                            fail(OpsException.of(failure), answer);
                        } else {
                            elsewhere(reply, answer);
                        }
                    }));
        });
    }

    /** Where it takes long; but when the server stops there are no other threads any more. */
    private void elsewhere(Reply reply, AsyncResponse answer) {
        if (reply.size() > LARGE_BYTES) {
            try {
                parts.shared().large().execute(() -> respond(reply, answer));
                return;
            } catch (RejectedExecutionException e) {
                LOG.debug("call={} is answered while the server stops", id, e);
            }
        }
        respond(reply, answer);
    }

    private void respond(Reply reply, AsyncResponse answer) {
        step(answer, () -> {
            AsyncResponse.Message message = reply.make();
            held.close();
            answer.send(message);
        });
    }

    private void fail(Throwable thrown, AsyncResponse answer) {
        held.close();
        answer.send(FailureResponse.of(FailureResponse.named(thrown, "call=" + id), parts.errors())
                .message());
    }
}
