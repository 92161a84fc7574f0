package org.octaveserver.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.octaveserver.ops.cli.follow.JobDisplay;
import org.octaveserver.ops.cli.follow.JobProgress;
import org.octaveserver.ops.cli.follow.ServerEvent;

/** Follows one job to its end, through restarts of its server. Not thread-safe. */
final class JobFollower {
    /** Three of the comments with which a server shows that it is there. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ServerOptions options;
    private final JobDisplay display;
    private final Patience patience;
    private ServerClient client;
    private String last = "";
    private String state = "";
    private int attempt;

    JobFollower(ServerOptions options, ServerClient client, JobDisplay display, Patience patience) {
        this.options = options;
        this.client = client;
        this.display = display;
        this.patience = patience;
    }

    /** The client that answered last. */
    ServerClient client() {
        return client;
    }

    /**
     * Shows all that happens to a job, and answers it as it is in the end.
     *
     * @throws CommandFailure when there is no such job, or the server stays away
     */
    JobView follow(String id) {
        return patiently(server -> {
            try (JobEvents events = new JobEvents(server, id, last, SILENCE)) {
                for (Optional<ServerEvent> event = events.next(); event.isPresent(); event = events.next()) {
                    patience.answered();
                    Optional<JobView> job = take(event.get());
                    if (job.isPresent() && !job.get().isOpen()) {
                        return job.get();
                    }
                }
            }
            // Everything was known already, or the server has ended the stream because it stops.
            JobView job = new JobView(server.get(JobPaths.of(id)));
            if (job.isOpen()) {
                throw new CommandFailure(ExitStatus.UNREACHABLE, server.server() + " has ended its report");
            }
            return job;
        });
    }

    /** What a finished job answers. */
    HttpResponse<byte[]> result(String id, JobView job, boolean asSubmitted) {
        return patiently(server -> {
            HttpResponse<byte[]> response = server.ask(JobPaths.result(id, asSubmitted));
            // Of a job that failed, a status such as 503 is the answer itself.
            if (job.isAnswered() && ServerClient.isPassing(response)) {
                throw server.refusal(response);
            }
            return response;
        });
    }

    private <T> T patiently(Function<ServerClient, T> step) {
        while (true) {
            try {
                T answer = step.apply(client);
                patience.answered();
                return answer;
            } catch (CommandFailure e) {
                patience.bear(e);
                client = options.again(client);
            }
        }
    }

    /** The job, when the event tells of its state. */
    private Optional<JobView> take(ServerEvent event) {
        JsonNode data = data(event);
        last = event.id();
        switch (event.type()) {
            case "output" -> display.output(data.path("text").asText());
            case "progress" ->
                display.progress(new JobProgress(
                        state,
                        data.path("fraction").asDouble(),
                        data.path("message").asText()));
            case "state" -> {
                JobView job = new JobView(data);
                take(job);
                return Optional.of(job);
            }
            default -> {
                // A newer server may tell more.
            }
        }
        return Optional.empty();
    }

    private void take(JobView job) {
        int now = job.json().path("attempt").asInt();
        if (attempt > 0 && now > attempt) {
            display.note("it runs again from its beginning, attempt " + now);
        }
        attempt = now;
        state = job.state();
        display.progress(job.progress());
    }

    private static JsonNode data(ServerEvent event) {
        try {
            return JSON.readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    ExitStatus.REFUSED, "cannot read what the server tells of the job: " + e.getOriginalMessage());
        }
    }
}
