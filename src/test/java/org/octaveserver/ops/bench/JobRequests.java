package org.octaveserver.ops.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.octaveserver.ops.lifecycle.Deadline;

/** The jobs of a server, over HTTP. */
final class JobRequests {
    static final String ASYNC = "?mode=async";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MeasuredServer server;

    JobRequests(MeasuredServer server) {
        this.server = server;
    }

    /** Submits one; answers the representation of it. */
    JsonNode submit(String function, String body) throws IOException, InterruptedException {
        String path = function + ASYNC;
        HttpRequest.Builder request =
                server.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        return answer(path, request, 201);
    }

    /** Submits so many, from several clients at once. */
    void submit(String function, String body, int jobs, int clients) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Callable<JsonNode>> all = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                all.add(() -> submit(function, body));
            }
            for (Future<JsonNode> one : threads.invokeAll(all, LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                if (one.isCancelled()) {
                    throw new IOException(jobs + " jobs were not accepted within " + LIMIT.toSeconds() + " s");
                }
                JsonNode unused = one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Waits until none waits or runs; each must have returned. */
    void awaitAll(Duration limit) throws IOException, InterruptedException {
        Deadline deadline = Deadline.after(limit);
        while (isAny("QUEUED,CLAIMED,RUNNING")) {
            if (deadline.passed()) {
                throw new IOException("jobs wait or run after " + limit.toSeconds() + " s");
            }
            Thread.sleep(POLL_MILLIS);
        }
        if (isAny("THREW,ERROR,CANCELLED")) {
            throw new IOException("jobs have not returned: " + server.log());
        }
    }

    private boolean isAny(String states) throws IOException, InterruptedException {
        return !get("/api/v1/jobs?limit=1&state=" + states).path("jobs").isEmpty();
    }

    /** Calls one off. */
    void cancel(String id) throws IOException, InterruptedException {
        String path = "/api/v1/jobs/" + id + "/cancel";
        JsonNode unused = answer(path, server.asOperator(path).POST(BodyPublishers.noBody()), 200);
    }

    /** What is answered to an operator. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(path, server.asOperator(path), 200);
    }

    /** How long the same takes, in microseconds. */
    double time(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = server.asOperator(path);
        long begin = System.nanoTime();
        HttpResponse<String> response = server.send(request, LIMIT);
        double micros = (System.nanoTime() - begin) / 1e3;
        check(path, response, 200);
        return micros;
    }

    private JsonNode answer(String path, HttpRequest.Builder request, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> response = server.send(request, LIMIT);
        check(path, response, status);
        return JSON.readTree(response.body());
    }

    private static void check(String path, HttpResponse<String> response, int status) throws IOException {
        if (response.statusCode() != status) {
            throw new IOException(path + " was answered with " + response.statusCode() + " " + response.body());
        }
    }
}
