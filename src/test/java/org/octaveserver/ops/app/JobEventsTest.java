package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobState;

/** The events of jobs, as browsers take them (HTML standard, 9.2). */
class JobEventsTest extends JobFacesFixture {
    private JobId running() {
        JobId id = jobs().submit(Optional.empty(), "");
        jobs().run(id).begins();
        jobs().awaited(id, JobState.RUNNING);
        return id;
    }

    private static String path(JobId id) {
        return "/api/v1/jobs/" + id + "/events";
    }

    private CompletableFuture<HttpResponse<String>> listening(JobId id) {
        return client.sendAsync(request(path(id)).build(), BodyHandlers.ofString());
    }

    private static Stream<String> lines(String stream, String begin) {
        return Arrays.stream(stream.split("\n", -1))
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()));
    }

    /** All output of a stream, as one text. */
    private static String output(String stream) {
        StringBuilder all = new StringBuilder();
        lines(stream, "data: {\"offset\":").forEach(data -> {
            int begin = data.indexOf("\"text\":\"") + "\"text\":\"".length();
            all.append(data, begin, data.length() - "\"}".length());
        });
        return all.toString().replace("\\n", "\n");
    }

    @Test
    void tellsStatesProgressAndOutputUntilTheEnd() throws Exception {
        JobId id = running();
        jobs().run(id).prints("first\n");
        CompletableFuture<HttpResponse<String>> stream = listening(id);
        jobs().run(id).progresses(0.5, "half");
        Awaitility.await()
                .until(() -> get("/api/v1/jobs/" + id + "/output").body().startsWith("first"));
        jobs().run(id).prints("last ä\n");
        jobs().run(id).returns(1);

        HttpResponse<String> response = stream.get();

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream;charset=utf-8");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        List<String> events = lines(response.body(), "event: ").toList();
        assertThat(events).contains("output").endsWith("state");
        assertThat(output(response.body())).isEqualTo("first\nlast ä\n");
        assertThat(lines(response.body(), "data: {\"id\":")
                        .reduce((one, other) -> other)
                        .orElseThrow())
                .contains("\"state\":\"RETURNED\"");
    }

    @Test
    void whoAsksForTheHeadOnlyIsAnsweredAtOnce() {
        String events = path(running());

        HttpResponse<String> response = send("HEAD", events);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream;charset=utf-8");
    }

    @Test
    void goesOnWhereAClientWasAndKeepsItFromAskingAgainAtTheEnd() throws Exception {
        JobId id = running();
        jobs().run(id).prints("x".repeat(160_000) + "end");
        jobs().run(id).returns(1);
        jobs().awaited(id, JobState.RETURNED);

        String whole = listening(id).get().body();
        List<String> ids = lines(whole, "id: ").toList();
        HttpResponse<String> rest = send(request(path(id)).header("Last-Event-ID", ids.get(1)));
        HttpResponse<String> nothing = send(request(path(id)).header("Last-Event-ID", ids.get(ids.size() - 1)));
        HttpResponse<String> foreign = send(request(path(id)).header("Last-Event-ID", "of another server"));

        assertThat(output(whole)).hasSize(160_003).endsWith("end");
        assertThat(ids).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
        assertThat(output(whole)).endsWith(output(rest.body()));
        assertThat(output(rest.body())).hasSize(160_003 - 2 * 65_536);
        assertThat(nothing.statusCode()).isEqualTo(204);
        assertThat(foreign.body()).isEqualTo(whole);
    }

    @Test
    void aSlowReaderMissesNothingAndKeepsNobodyWaiting() throws Exception {
        JobId id = running();
        URI address = URI.create(address());
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new java.net.InetSocketAddress(address.getHost(), address.getPort()));
            slow.getOutputStream()
                    .write(("GET " + path(id) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            jobs().run(id).prints("y".repeat(8_000_000) + "end");
            jobs().run(id).progresses(0.1, "");
            CompletableFuture<HttpResponse<String>> fast = listening(id);
            jobs().run(id).returns(1);

            assertThat(output(fast.get().body())).hasSize(8_000_003);
            String all = new String(read(slow.getInputStream()), StandardCharsets.UTF_8);

            assertThat(all.length()).isGreaterThan(8_000_003);
            assertThat(all).contains("\"state\":\"RETURNED\"").contains("yend");
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        return in.readAllBytes();
    }

    @Test
    void whoHearsNothingForAWhileIsToldThatTheStreamIsThere() throws Exception {
        JobId id = running();
        try (Stream<String> lines =
                client.send(request(path(id)).build(), BodyHandlers.ofLines()).body()) {
            // Lines of comments that nobody but proxies reads; the answers of before that come first.
            assertThat(lines.filter(line -> line.startsWith(":")).limit(2)).hasSize(2);
        }
    }

    @Test
    void aClientThatStopsReadingLosesItsPlace() throws Exception {
        JobId id = running();
        jobs().run(id).prints("z".repeat(10_000_000));
        URI address = URI.create(address());
        List<Socket> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                stuck.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(new java.net.InetSocketAddress(address.getHost(), address.getPort()));
                socket.getOutputStream()
                        .write(("GET " + path(id) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                int unused = socket.getInputStream().read();
            }
            Awaitility.await()
                    .until(() -> get("/api/v1/jobs/" + id + "?wait=1ms").statusCode() == 200);
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    @Test
    void aClientThatIsGoneTakesNoPlace() throws Exception {
        JobId id = running();
        URI address = URI.create(address());
        for (int i = 0; i < 3; i++) {
            try (Socket gone = new Socket(address.getHost(), address.getPort())) {
                gone.getOutputStream()
                        .write(("GET " + path(id) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                int unused = gone.getInputStream().read();
            }
        }
        // Whoever is gone is noticed at what is written to him.
        Awaitility.await().until(() -> {
            jobs().run(id).progresses(Math.random(), "");
            return get("/api/v1/jobs/" + id + "?wait=1ms").statusCode() == 200;
        });
    }

    @Test
    void whatACancelledFunctionPrintsBeforeItEndsIsToldToo() throws Exception {
        JobId id = running();
        jobs().run(id).takesItsTime();
        jobs().run(id).prints("before\n");
        CompletableFuture<HttpResponse<String>> stream = listening(id);

        assertThat(send("POST", "/api/v1/jobs/" + id + "/cancel").statusCode()).isEqualTo(200);
        jobs().run(id).prints("after\n");

        assertThat(get("/api/v1/jobs/" + id + "/output").body()).isEqualTo("before\nafter\n");
        assertThat(stream).isNotDone();
        jobs().run(id).returns(1);
        assertThat(output(stream.get().body())).isEqualTo("before\nafter\n");
        assertThat(lines(stream.get().body(), "event: ")).endsWith("state");
        assertThat(get("/api/v1/jobs/" + id + "/output").body()).isEqualTo("before\nafter\n");
    }

    @Test
    void tellsOfWhatWasCancelledAndOfWhatIsDeletedMeanwhile() throws Exception {
        JobId id = running();
        CompletableFuture<HttpResponse<String>> stream = listening(id);

        assertThat(send("POST", "/api/v1/jobs/" + id + "/cancel").statusCode()).isEqualTo(200);

        assertThat(lines(stream.get().body(), "data: ")
                        .reduce((one, other) -> other)
                        .orElseThrow())
                .contains("\"state\":\"CANCELLED\"");
    }
}
