package org.octaveserver.ops.cli;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.cli.follow.EventParser;
import org.octaveserver.ops.cli.follow.ServerEvent;

/** The events of a job, as they come. For one thread. */
final class JobEvents implements AutoCloseable {
    private static final int STREAM = 200;
    private static final int NOTHING_NEW = 204;

    private final ServerClient client;
    private final Duration longestSilence;
    private final Lines lines = new Lines();
    private final EventParser parser = new EventParser();
    private final CompletableFuture<HttpResponse<byte[]>> response;

    /** What comes of the stream: a line, or nothing at its end. At most one line waits to be taken. */
    private static final class Lines implements Flow.Subscriber<String> {
        private final BlockingQueue<Optional<String>> come = new LinkedBlockingQueue<>();
        private volatile Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(1);
        }

        @Override
        public void onNext(String line) {
            come.add(Optional.of(line));
        }

        /** The response says more of it. */
        @Override
        public void onError(Throwable failure) {}

        /** Of a stream that has ended as it should, the response says so before its last lines are here. */
        @Override
        public void onComplete() {
            end();
        }

        void end() {
            come.add(Optional.empty());
        }

        void more() {
            Flow.Subscription begun = subscription;
            if (begun != null) {
                begun.request(1);
            }
        }

        void cancel() {
            Flow.Subscription begun = subscription;
            if (begun != null) {
                begun.cancel();
            }
        }
    }

    /**
     * Asks for them.
     *
     * @param after the id of the last one that is known; empty for none
     * @param longestSilence after which the connection counts as lost; the server sends something every 15 s
     */
    JobEvents(ServerClient client, String job, String after, Duration longestSilence) {
        this.client = client;
        this.longestSilence = longestSilence;
        this.response = client.listen(JobPaths.events(job), after, lines);
        var unused = response.whenComplete((answer, failure) -> {
            if (failure != null || answer.statusCode() != STREAM) {
                lines.end();
            }
        });
    }

    /**
     * Waits for the next one; nothing when the stream has ended.
     *
     * @throws CommandFailure when the server refuses, cannot be reached, or says nothing for too long
     */
    Optional<ServerEvent> next() {
        try {
            while (true) {
                Optional<String> line = lines.come.poll(longestSilence.toMillis(), TimeUnit.MILLISECONDS);
                if (line == null) {
                    throw silent();
                }
                if (line.isEmpty()) {
                    checkEnd();
                    return Optional.empty();
                }
                lines.more();
                Optional<ServerEvent> event = parser.line(line.get());
                if (event.isPresent()) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitStatus.UNREACHABLE, "interrupted while following a job");
        }
    }

    private CommandFailure silent() {
        return client.unreachable(new IOException("nothing came of it for " + longestSilence.toSeconds() + " s"));
    }

    private void checkEnd() throws InterruptedException {
        try {
            HttpResponse<byte[]> ended = response.get(longestSilence.toMillis(), TimeUnit.MILLISECONDS);
            if (ended.statusCode() != STREAM && ended.statusCode() != NOTHING_NEW) {
                throw client.refusal(ended);
            }
        } catch (TimeoutException e) {
            throw silent();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw client.unreachable(cause instanceof IOException io ? io : new IOException(String.valueOf(cause)));
        }
    }

    @Override
    public void close() {
        lines.cancel();
        response.cancel(true);
    }
}
