package org.octaveserver.ops.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers every request alike, or each path as it is told, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
    private final HttpServer http;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Answer>> paths = new ConcurrentHashMap<>();
    private volatile Answer usual = new Answer(200, "{}");

    FakeServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    /** One request as it arrived; its body as one char a byte. */
    record Request(
            String method,
            String target,
            Optional<String> token,
            Optional<String> type,
            Optional<String> length,
            Optional<String> ifMatch,
            Headers headers,
            String bytes) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }

        String text() {
            return new String(bytes.getBytes(ISO_8859_1), UTF_8);
        }
    }

    private record Answer(int status, String body) {}

    /** What a path answers, whatever its query; told several times, one answer after another, the last one for good. */
    void answers(String path, int status, String body) {
        paths.computeIfAbsent(path, unknown -> new ConcurrentLinkedDeque<>()).add(new Answer(status, body));
    }

    /** Whatever no path is told. */
    void answers(int status, String body) {
        usual = new Answer(status, body);
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    Request onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("not one request but " + requests);
        }
        return requests.get(0);
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    header(exchange, "Authorization"),
                    header(exchange, "Content-Type"),
                    header(exchange, "Content-Length"),
                    header(exchange, "If-Match"),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1)));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            Answer answer = answer(exchange.getRequestURI().getPath());
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(String path) {
        Deque<Answer> answers = paths.getOrDefault(path, new ConcurrentLinkedDeque<>());
        Answer next = answers.size() > 1 ? answers.poll() : answers.peek();
        return next == null ? usual : next;
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
