package org.octaveserver.ops.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers every request alike and remembers what it was asked. */
final class FakeServer implements AutoCloseable {
    private final HttpServer http;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile byte[] body = "{}".getBytes(UTF_8);

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
            String bytes) {
        String text() {
            return new String(bytes.getBytes(ISO_8859_1), UTF_8);
        }
    }

    void answers(int status, String body) {
        this.status = status;
        this.body = body.getBytes(UTF_8);
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
                    new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1)));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
