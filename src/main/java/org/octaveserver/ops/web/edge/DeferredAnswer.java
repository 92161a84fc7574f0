package org.octaveserver.ops.web.edge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.octaveserver.ops.lifecycle.Step;

/**
 * Answers requests without holding a thread of the container: not while the answer is found, and not while a client takes it.
 * Thread-safe.
 */
public final class DeferredAnswer {
    private final ErrorFace errors;

    /** @param errors how failures are told */
    public DeferredAnswer(ErrorFace errors) {
        this.errors = errors;
    }

    /** What finds an answer, which may take some time. */
    public interface Search {
        /** Begins to look; what it throws is answered as well as what its future fails with. */
        CompletableFuture<AsyncResponse.Message> begin() throws IOException;
    }

    /**
     * Begins, on the container's thread, which is free when this returns.
     *
     * @param id of the request
     * @param where the search runs
     */
    public void begin(
            HttpServletRequest request, HttpServletResponse response, String id, Executor where, Search search)
            throws IOException {
        AsyncContext context = request.startAsync(request, response);
        // What is searched for has its own end; the container would answer with a page of its own.
        context.setTimeout(0);
        AsyncResponse answer;
        try {
            answer = AsyncResponse.open(context);
        } catch (IOException | RuntimeException e) {
            // Else nobody would ever end it.
            context.complete();
            throw e;
        }
        step(id, answer, () -> where.execute(() -> step(id, answer, () -> search(id, answer, search))));
    }

    private void search(String id, AsyncResponse answer, Search search) throws IOException {
        var unused = search.begin()
                .whenComplete((message, failure) -> step(id, answer, () -> {
                    if (failure != null) {
                        fail(id, answer, unwrapped(failure));
                    } else {
                        answer.send(message);
                    }
                }));
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof java.util.concurrent.CompletionException && cause != null ? cause : failure;
    }

    private void step(String id, AsyncResponse answer, Step.Action action) {
        Step.take(action, failure -> fail(id, answer, failure));
    }

    private void fail(String id, AsyncResponse answer, Throwable thrown) {
        answer.send(FailureResponse.of(FailureResponse.named(thrown, "request=" + id), errors)
                .message());
    }
}
