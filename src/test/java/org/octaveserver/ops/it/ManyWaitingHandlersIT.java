package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests for web handlers hold what calls hold, and no more: no thread, and no place once their client is gone. */
final class ManyWaitingHandlersIT {
    /** More than a container has threads. */
    private static final int REQUESTS = 400;

    /** The container has 200 at most, and the server some of its own. */
    private static final int MOST_THREADS = 300;

    private static final int READERS = 16;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LENGTH = "Content-Length: ";
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Footprint footprint;

    private final List<WaitingClient> clients = new ArrayList<>();
    private final Path go = folder.resolve("go");

    @BeforeAll
    static void deploy() {
        server = ServerProcess.start(
                folder,
                Map.of("ops.pool.max-workers", "1", "ops.http.max-held", "3MB", "ops.http.max-request-size", "2MB"),
                ServerProcess.Start.PLAIN);
        footprint = new Footprint(server.home(), server.process().pid());
        server.deploy(TestBundle.named("wait")
                .file("routes.json", """
                        {"version":"1.0.0",
                         "pathmap":[{"match":"^/held$","webhandler":{"function":"held"}},
                                    {"match":"^/size$","webhandler":{"function":"size_of"}},
                                    {"match":"^/large$","webhandler":{"function":"large"}}]}
                        """)
                .function(
                        "resp = held (req)",
                        "while (! exist ('" + folder.resolve("go") + "', 'file'))",
                        "pause (0.05);",
                        "endwhile",
                        "resp.Body = 'held';")
                .function("resp = size_of (req)", "resp.Body = sprintf ('%d', numel (req.Body));")
                .function("resp = large (req)", "resp.Body = repmat ('x', 1, 2e7);"));
        assertServed();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void leave() throws Exception {
        Files.writeString(go, "");
        clients.forEach(WaitingClient::close);
        await().atMost(SOON).until(() -> workers("busy") == 0 && workers("waiting") == 0);
        Files.delete(go);
    }

    private WaitingClient client() {
        WaitingClient client = new WaitingClient(server, "127.0.0.1");
        clients.add(client);
        return client;
    }

    private WaitingClient whole(String path, int bytes) {
        return client().begin(path, LENGTH + bytes, "x".repeat(bytes));
    }

    private static void assertServed() {
        assertThat(server.get("/wait/size").body()).isEqualTo("0");
        assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
    }

    private static int workers(String figure) {
        return TestServer.json(server.getAsAdmin("/api/v1/status"))
                .at("/workers/" + figure)
                .asInt();
    }

    private void holdTheWorker() {
        WaitingClient unused = whole("/wait/held", 0);
        await().atMost(SOON).until(() -> workers("busy") == 1);
    }

    @Test
    void bodiesThatComeSlowlyHoldNoThread() {
        IntStream.range(0, REQUESTS / 2).forEach(i -> client().begin("/wait/size", LENGTH + 100, "part"));
        // Before the length of a chunk is there, in a chunk, and between two.
        IntStream.range(0, REQUESTS / 2)
                .forEach(i -> client().begin(
                                "/wait/size",
                                CHUNKED,
                                List.of("", "a", "a\r\npart", "4\r\npart\r\n").get(i % 4)));

        assertServed();
        assertThat(footprint.threads()).isLessThan(MOST_THREADS);
    }

    @Test
    void bodiesThatComeInPartsArriveWhole() throws Exception {
        WaitingClient known = client().begin("/wait/size", LENGTH + 100_000, "x".repeat(7));
        WaitingClient chunked = client().begin("/wait/size", CHUNKED, "3\r\nab");
        assertServed();
        known.send("x".repeat(60_000)).send("x".repeat(39_993));
        chunked.send("c\r\n11170\r\n" + "y".repeat(70_000)).send("\r\n0\r\n\r\n");

        assertThat(known.answer()).startsWith("HTTP/1.1 200").endsWith("100000");
        assertThat(chunked.answer()).startsWith("HTTP/1.1 200").endsWith("70003");
    }

    @Test
    void clientsThatAreGoneKeepNoPlace() {
        holdTheWorker();
        WaitingClient stays = whole("/wait/size", 5);
        List<WaitingClient> go =
                IntStream.range(0, 20).mapToObj(i -> whole("/wait/size", 4)).toList();
        await().atMost(SOON).until(() -> workers("waiting") == 21);
        go.forEach(WaitingClient::close);

        await().atMost(SOON).until(() -> workers("waiting") == 1);
        assertThat(clients).contains(stays);
    }

    @Test
    void bodiesThatWaitAreCountedUntilTheyAreAnswered() throws Exception {
        holdTheWorker();
        List<WaitingClient> large = List.of(whole("/wait/size", 1 << 20), whole("/wait/size", 1 << 20));
        await().atMost(SOON).until(() -> workers("waiting") == 2);

        assertThat(whole("/wait/size", 2 << 20).answer())
                .startsWith("HTTP/1.1 503")
                .contains("ops.http.max-held");
        Files.writeString(go, "");
        for (WaitingClient one : large) {
            assertThat(one.answer()).startsWith("HTTP/1.1 200").endsWith(Integer.toString(1 << 20));
        }
        assertThat(whole("/wait/size", 2 << 20).answer()).startsWith("HTTP/1.1 200");
    }

    @Test
    void answersThatNobodyTakesHoldNoThreadAndNoWorker() throws Exception {
        int before = footprint.threads();
        IntStream.range(0, READERS).forEach(i -> whole("/wait/large", 0));

        await().atMost(SOON).until(() -> workers("busy") == 0 && workers("waiting") == 0);
        assertServed();
        assertThat(footprint.threads()).isLessThan(before + READERS / 2);
        // Whoever reads late gets all of it.
        assertThat(clients.get(0).answer()).startsWith("HTTP/1.1 200").endsWith("xx");
    }
}
