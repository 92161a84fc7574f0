package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

/** Sends requests to one server. Every failure is a {@link CommandFailure} whose message says what to do. */
final class ServerClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAUTHENTICATED = 401;
    /** Of a server that is busy or stops, and of a proxy in front of one that is not there. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI server;
    private final AccessToken token;
    private final Duration timeout;

    ServerClient(URI server, AccessToken token, Duration timeout) {
        this.server = server;
        this.token = token;
        this.timeout = timeout;
    }

    URI server() {
        return server;
    }

    /** Text as one segment of a path or one value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%40", "@");
    }

    JsonNode get(String path) {
        return answer(request(path).GET());
    }

    JsonNode delete(String path) {
        return answer(request(path).DELETE());
    }

    /** For what needs no body. */
    JsonNode post(String path) {
        return answer(request(path).POST(BodyPublishers.noBody()));
    }

    /** Deploys files in one release. */
    JsonNode deploy(ReleaseBody body, boolean dryRun, OptionalLong expected) throws IOException {
        String boundary = ReleaseBody.boundary();
        return change(
                "/api/v1/releases?dryRun=" + dryRun,
                "multipart/form-data; boundary=" + boundary,
                body.publisher(boundary),
                expected);
    }

    /**
     * Makes the same kind of change to several bundles, in one release.
     *
     * @param kind a member of the change, such as {@code retire}
     */
    JsonNode change(String kind, List<String> bundles, ChangeOptions options) {
        ObjectNode plan = json.createObjectNode().put("reason", options.reason());
        ArrayNode changes = plan.putArray("changes");
        bundles.forEach(bundle -> changes.addObject().put(kind, bundle));
        return change(
                "/api/v1/releases?dryRun=" + options.dryRun(),
                "application/json",
                BodyPublishers.ofString(plan.toString()),
                options.expected());
    }

    /**
     * Asks for a release.
     *
     * @param expected the release that must be current, if any
     */
    JsonNode change(String path, String type, BodyPublisher content, OptionalLong expected) {
        HttpRequest.Builder request = request(path).header("Content-Type", type).POST(content);
        expected.ifPresent(release -> request.header("If-Match", "\"" + release + "\""));
        return answer(request);
    }

    /** Sends JSON and answers whatever comes back, refusals too. */
    HttpResponse<byte[]> post(String path, byte[] body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
    }

    /** The same with headers. */
    HttpResponse<byte[]> post(String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(request.POST(BodyPublishers.ofByteArray(body)));
    }

    /** Whatever a path answers, refusals too. */
    HttpResponse<byte[]> ask(String path) {
        return send(request(path).GET());
    }

    /**
     * Lets somebody listen to events, on threads of the client's. The future completes when the stream has ended; its body is
     * that of a refusal.
     *
     * @param after the id of the last event that is known; empty for none
     */
    CompletableFuture<HttpResponse<byte[]>> listen(String path, String after, Flow.Subscriber<String> lines) {
        HttpRequest.Builder request = request(path).setHeader("Accept", "text/event-stream");
        if (!after.isEmpty()) {
            request.header("Last-Event-ID", after);
        }
        return http.sendAsync(
                request.GET().build(),
                head -> head.statusCode() == OK
                        ? BodySubscribers.fromLineSubscriber(lines, whole -> new byte[0], StandardCharsets.UTF_8, null)
                        : BodySubscribers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(timeout)
                .header("Accept", "application/json");
        token.value().ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request;
    }

    private JsonNode answer(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() / 100 != 2) {
            throw refusal(response);
        }
        return read(response);
    }

    /** The JSON of an answer. */
    JsonNode read(HttpResponse<byte[]> response) {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.REFUSED, strange(response.statusCode()));
        }
    }

    /** What an answer that is no success says. */
    CommandFailure refusal(HttpResponse<byte[]> response) {
        String reason = reason(response);
        return new CommandFailure(
                ExitStatus.REFUSED,
                response.statusCode() == UNAUTHENTICATED ? reason + "\n" + token.origin() : reason,
                isPassing(response));
    }

    /** Whether the same may be answered otherwise a little later. */
    static boolean isPassing(HttpResponse<byte[]> response) {
        return PASSING.contains(response.statusCode());
    }

    private String reason(HttpResponse<byte[]> response) {
        try {
            JsonNode body = json.readTree(response.body());
            return Stream.of(body.path("detail"), body.path("error").path("message"), body.path("title"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElseGet(() -> strange(response.statusCode()));
        } catch (IOException e) {
            return strange(response.statusCode());
        }
    }

    private String strange(int status) {
        return server + " answered status " + status + " with a body that no OPS server writes; is it one?";
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (HttpConnectTimeoutException e) {
            throw unreachable("it did not accept a connection within " + CONNECT.toSeconds() + " s");
        } catch (HttpTimeoutException e) {
            throw new CommandFailure(
                    ExitStatus.UNREACHABLE,
                    server + " did not answer within " + timeout.toSeconds()
                            + " s, and may still do what it was asked for; --timeout allows longer");
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitStatus.UNREACHABLE, "interrupted while waiting for " + server);
        }
    }

    private static String reason(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the name of its host is unknown";
            }
        }
        if (failure instanceof ConnectException) {
            return "it refuses connections";
        }
        String why = failure.getMessage();
        return why == null ? failure.getClass().getSimpleName() : why;
    }

    /** What it means that a request failed so. */
    CommandFailure unreachable(IOException failure) {
        return unreachable(reason(failure));
    }

    private CommandFailure unreachable(String why) {
        return new CommandFailure(
                ExitStatus.UNREACHABLE,
                "no OPS server answers at " + server + ": " + why
                        + "\nStart one with \"ops start\", or name another with --server URL or OPS_SERVER.");
    }
}
