package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker, and clients that all want it. The function answers how many calls have run before. */
final class FairSharesIT {
    private static final int MANY = 30;
    private static final String NOTHING = "[\"\"]";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static TestServer server;

    private static final AtomicInteger GATES = new AtomicInteger();

    private final List<WaitingClient> clients = new ArrayList<>();
    private final Path gate = folder.resolve("gate" + GATES.incrementAndGet());

    @BeforeAll
    static void deploy() {
        server = TestServer.start(
                folder,
                Map.of(
                        "ops.pool.max-workers",
                        "1",
                        "ops.call.max-waiting",
                        "60",
                        "ops.call.max-waiting-per-client",
                        "40",
                        "ops.call.most-urgent",
                        "1"));
        server.deploy(TestBundle.named("count", "1.0.0", ",\"calls\":{\"waiting\":50}")
                .function(
                        "r = next (gate)",
                        "persistent n = 0;",
                        "n++;",
                        "while (! isempty (gate) && ! exist (gate, 'file'))",
                        "pause (0.01);",
                        "endwhile",
                        "r = n;"));
        server.deploy(TestBundle.named("few", "1.0.0", ",\"calls\":{\"waiting\":1,\"running\":1}")
                .function("r = wait (gate)", "while (! exist (gate, 'file'))", "pause (0.01);", "endwhile", "r = 1;"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void leave() throws IOException {
        open();
        clients.forEach(WaitingClient::close);
        await().atMost(SOON).until(() -> waiting() == 0 && running() == 0);
    }

    private static int waiting() {
        return TestServer.json(server.getAsAdmin("/api/v1/status"))
                .at("/workers/waiting")
                .asInt();
    }

    private static int running() {
        return TestServer.json(server.getAsAdmin("/api/v1/status"))
                .at("/workers/busy")
                .asInt();
    }

    private WaitingClient client(String address) {
        WaitingClient client = new WaitingClient(server, address);
        clients.add(client);
        return client;
    }

    /** Lets the call go on that has the worker. */
    private void open() throws IOException {
        if (!Files.exists(gate)) {
            Files.createFile(gate);
        }
    }

    private String gated() {
        return "[\"" + gate + "\"]";
    }

    /** A call that waits behind others, when these go on. */
    private int numberOf(WaitingClient client, int waiting) throws IOException {
        await().atMost(SOON).until(() -> waiting() == waiting);
        open();
        return number(client.answer());
    }

    /** Calls of one client that wait, but for the first one, which has the worker. */
    private List<WaitingClient> crowd(int count, String... headers) {
        List<WaitingClient> crowd = new ArrayList<>();
        crowd.add(client("127.0.0.2").call("/count/next", gated()));
        await().atMost(SOON).until(() -> running() == 1);
        for (int i = 1; i < count; i++) {
            crowd.add(client("127.0.0.2").call("/count/next", NOTHING, headers));
        }
        await().atMost(SOON).until(() -> waiting() >= count - 1);
        return crowd;
    }

    private static int number(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 200");
        return Integer.parseInt(answer.replaceAll("(?s).*\"lhs\":\\[(\\d+)].*", "$1"));
    }

    @Test
    void aClientWithOneCallIsNextHoweverManyAnotherHas() throws IOException {
        List<WaitingClient> crowd = crowd(MANY);

        int own = numberOf(client("127.0.0.3").call("/count/next", NOTHING), MANY);

        assertThat(own - number(crowd.get(0).answer())).isEqualTo(1);
        assertThat(crowd.subList(1, MANY).stream().mapToInt(client -> number(client.answer())))
                .allMatch(number -> number > own)
                .hasSize(MANY - 1);
    }

    @Test
    void urgencyDoesNotLetOneClientPushOthersAway() throws IOException {
        List<WaitingClient> crowd = crowd(MANY, "Priority: u=0");

        int own = numberOf(client("127.0.0.3").call("/count/next", NOTHING, "Priority: u=7, i"), MANY);

        assertThat(own - number(crowd.get(0).answer())).isEqualTo(1);
    }

    @Test
    void aPrincipalIsAPartyOfItsOwn() throws IOException {
        List<WaitingClient> crowd = crowd(MANY);

        int own = numberOf(
                client("127.0.0.2").call("/count/next", NOTHING, "Authorization: Bearer " + server.token()), MANY);

        assertThat(own - number(crowd.get(0).answer())).isEqualTo(1);
    }

    @Test
    void ofOneClientTheUrgentCallsComeFirst() throws IOException {
        List<WaitingClient> crowd = crowd(5, "Priority: u=5");

        WaitingClient usual = client("127.0.0.2").call("/count/next", NOTHING);
        await().atMost(SOON).until(() -> waiting() == 5);
        WaitingClient mostUrgent = client("127.0.0.2").call("/count/next", NOTHING, "Priority: u=1");
        await().atMost(SOON).until(() -> waiting() == 6);
        // No more is allowed than that, so it comes behind.
        WaitingClient tooUrgent = client("127.0.0.2").call("/count/next", NOTHING, "Priority: u=0");
        await().atMost(SOON).until(() -> waiting() == 7);
        open();

        int first = number(crowd.get(0).answer());
        assertThat(number(mostUrgent.answer())).isEqualTo(first + 1);
        assertThat(number(tooUrgent.answer())).isEqualTo(first + 2);
        assertThat(number(usual.answer())).isEqualTo(first + 3);
        assertThat(number(crowd.get(1).answer())).isGreaterThanOrEqualTo(first + 4);
    }

    @Test
    void aClientThatHasTooManyIsToldSoAndOthersAreNot() throws IOException {
        crowd(41);

        String refused = client("127.0.0.2").call("/count/next", NOTHING).answer();

        assertThat(refused)
                .startsWith("HTTP/1.1 429")
                .containsPattern("Retry-After: [1-9]\\d*\r\n")
                .contains("40 calls of yours wait already (setting ops.call.max-waiting-per-client")
                .contains("\"messageId\":\"TooManyCalls\"");
        assertThat(numberOf(client("127.0.0.3").call("/count/next", NOTHING), 41))
                .isPositive();
    }

    @Test
    void aBundleSaysHowManyOfItsCallsMayWait() {
        client("127.0.0.2").call("/few/wait", gated());
        await().atMost(SOON).until(() -> running() == 1);
        client("127.0.0.2").call("/few/wait", gated());
        await().atMost(SOON).until(() -> waiting() == 1);

        String refused = client("127.0.0.3").call("/few/wait", gated()).answer();

        assertThat(refused)
                .startsWith("HTTP/1.1 503")
                .contains("1 calls wait for bundle \\\"few\\\" already (calls.waiting of its ops.json");
    }

    @Test
    void whereAllPlacesAreTakenTheNumbersAreTold() {
        crowd(41);
        for (int i = 0; i < 10; i++) {
            client("127.0.0.4").call("/count/next", NOTHING);
        }
        await().atMost(SOON).until(() -> waiting() == 50);

        assertThat(client("127.0.0.5").call("/count/next", NOTHING).answer())
                .startsWith("HTTP/1.1 503")
                .contains("50 calls wait for bundle \\\"count\\\" already");
    }

    @Test
    void aClientThatLeavesFreesItsPlace() throws IOException {
        List<WaitingClient> crowd = crowd(20);
        crowd.subList(1, 20).forEach(WaitingClient::close);

        await().atMost(SOON).until(() -> waiting() == 0);

        int next = numberOf(client("127.0.0.3").call("/count/next", NOTHING), 1);
        assertThat(next - number(crowd.get(0).answer())).isEqualTo(1);
    }

    @Test
    void aPriorityThatIsNoneCountsAsNone() {
        for (String priority : List.of("u=8", "u=-1", "urgent", "u=1.5", "u=\"1\"", "u", "")) {
            HttpResponse<String> answer = server.send(server.request("/count/next")
                    .header("Content-Type", "application/json")
                    .header("Priority", priority)
                    .POST(BodyPublishers.ofString("{\"nargout\":1,\"rhs\":" + NOTHING + "}")));
            assertThat(answer.statusCode()).as(priority).isEqualTo(200);
        }
    }
}
