package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients that wait, send slowly or do not read may not do to others: hold a thread. A server of its own process. */
final class ManyWaitingCallsIT {
    /** More than a container has threads. */
    private static final int CALLS = Integer.getInteger("ops.test.waiting", 600);

    /** The container has 200 at most, and the server some of its own. */
    private static final int MOST_THREADS = 300;

    private static final int CROWD = 4;
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Footprint footprint;

    private final List<WaitingClient> clients = new ArrayList<>();

    @BeforeAll
    static void deploy() {
        server = ServerProcess.start(
                folder,
                Map.of("ops.pool.max-workers", "2", "ops.call.max-waiting", Integer.toString(CALLS)),
                ServerProcess.Start.PLAIN);
        footprint = new Footprint(server.home(), server.process().pid());
        server.deploy(TestBundle.named("wait")
                .function("r = held (file)", "while (! exist (file, 'file'))", "pause (0.05);", "endwhile", "r = 1;")
                .function("r = spun (file)", "while (! exist (file, 'file'))", "endwhile", "r = 1;")
                .function("r = same (x)", "r = x;")
                .function("r = large ()", "r = rand (1500);"));
        assertThat(server.call("/wait/same", 1, "[1]").toString()).isEqualTo("[1]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void leave() {
        clients.forEach(WaitingClient::close);
        await().atMost(SOON).until(() -> busy() == 0 && waiting() == 0);
    }

    private WaitingClient client() {
        WaitingClient client = new WaitingClient(server, "127.0.0.1");
        clients.add(client);
        return client;
    }

    private static void assertOthersAreServed() {
        assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
        assertThat(server.getAsAdmin("/api/v1/status").statusCode()).isEqualTo(200);
    }

    private static int workers(String figure) {
        return TestServer.json(server.getAsAdmin("/api/v1/status"))
                .at("/workers/" + figure)
                .asInt();
    }

    private static int waiting() {
        return workers("waiting");
    }

    private static int busy() {
        return workers("busy");
    }

    @Test
    void callsThatWaitHoldNoThread() throws Exception {
        Path file = folder.resolve("go");
        String rhs = "[\"" + file + "\"]";
        IntStream.range(0, 2).forEach(i -> client().call("/wait/held", rhs));
        await().atMost(SOON).until(() -> busy() == 2);
        IntStream.range(0, CALLS).forEach(i -> client().call("/wait/same", "[" + i + "]"));

        await().atMost(SOON).until(() -> waiting() == CALLS);
        assertOthersAreServed();
        assertThat(footprint.threads()).isLessThan(MOST_THREADS);
        assertThat(client().call("/wait/same", "[0]").answer())
                .startsWith("HTTP/1.1 503")
                .contains("queue full: " + CALLS + " calls wait (");

        Files.createFile(file);
        for (int i = 0; i < CALLS; i++) {
            assertThat(clients.get(i + 2).answer()).startsWith("HTTP/1.1 200").endsWith("{\"lhs\":[" + i + "]}");
        }
    }

    @Test
    void bodiesThatComeSlowlyHoldNoThread() {
        String body = "{\"nargout\":1,\"rhs\":[5]}";
        IntStream.range(0, CALLS)
                .forEach(i -> client().begin("/wait/same", "Content-Length: " + body.length(), body.substring(0, 7)));

        assertOthersAreServed();
        assertThat(server.call("/wait/same", 1, "[4]").toString()).isEqualTo("[4]");
        assertThat(footprint.threads()).isLessThan(MOST_THREADS);
    }

    @Test
    void answersThatNobodyTakesHoldNoThreadAndNoWorker() {
        IntStream.range(0, 12).forEach(i -> client().call("/wait/large", "[]"));

        await().atMost(SOON).until(() -> busy() == 0);
        assertOthersAreServed();
        assertThat(server.call("/wait/same", 1, "[3]").toString()).isEqualTo("[3]");
        assertThat(footprint.threads()).isLessThan(MOST_THREADS);
        // Whoever reads late gets all of it.
        assertThat(clients.get(0).answer()).startsWith("HTTP/1.1 200").endsWith("]}");
    }

    /**
     * Every worker spins, the queue is full, more calls come all the time than are let in, and others only half. The only
     * bound is the patience of the client, 30 s: how long it takes depends on the machine.
     */
    @Test
    void healthAndManagementAnswerWhileAllIsBusy() throws Exception {
        Path file = folder.resolve("spun");
        IntStream.range(0, 2).forEach(i -> client().call("/wait/spun", "[\"" + file + "\"]"));
        await().atMost(SOON).until(() -> busy() == 2);
        IntStream.range(0, CALLS).forEach(i -> client().call("/wait/same", "[" + i + "]"));
        await().atMost(SOON).until(() -> waiting() == CALLS);
        IntStream.range(0, CALLS / 2).forEach(i -> client().begin("/wait/same", "Content-Length: 1000", "{"));

        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
        try {
            List<Future<?>> runs = IntStream.range(0, CROWD)
                    .<Future<?>>mapToObj(i -> crowd.submit(() -> askInVain(over, refused)))
                    .toList();
            await().atMost(SOON).until(() -> refused.get() > 10 * CROWD);
            for (int i = 0; i < 10; i++) {
                assertOthersAreServed();
            }
            JsonNode calls = TestServer.json(server.getAsAdmin("/api/v1/calls")).get("calls");
            assertThat(calls).hasSizeBetween(CALLS, CALLS + 2 + CROWD);
            over.set(true);
            for (Future<?> run : runs) {
                run.get(60, TimeUnit.SECONDS);
            }
            assertThat(busy()).as("all workers are busy still").isEqualTo(2);
            assertThat(server.sendAsAdmin("POST", "/api/v1/workers/recycle", BodyPublishers.noBody())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            over.set(true);
            crowd.shutdownNow();
            Files.createFile(file);
        }
    }

    private static void askInVain(AtomicBoolean over, AtomicInteger refused) {
        while (!over.get()) {
            if (server.post("/wait/same", "{\"nargout\":1,\"rhs\":[1]}").statusCode() == 503) {
                refused.incrementAndGet();
            }
        }
    }
}
