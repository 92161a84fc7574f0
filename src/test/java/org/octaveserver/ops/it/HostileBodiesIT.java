package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.web.mps.HostileBodies;

/**
 * Bodies that nobody should send, through HTTP to real Octave: 200 or a 4xx that says why, soon, and the worker is still
 * the same. How many is the system property {@code ops.test.bodies}, where they begin {@code ops.test.seed}.
 */
class HostileBodiesIT {
    private static final int BODIES = Integer.getInteger("ops.test.bodies", 10_000);
    private static final long SEED = Long.getLong("ops.test.seed", System.nanoTime());
    private static final int CLIENTS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private static TestServer server;
    private static int worker;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(folder, Map.of("ops.pool.max-workers", "1", "ops.http.max-request-size", "8MB"));
        server.deploy(TestBundle.named("echo")
                .function("varargout = same (varargin)", "varargout = varargin;")
                .function("r = worker ()", "r = getpid ();"));
        worker = askWorker();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void theWorkerIsTheSame() {
        assertThat(askWorker()).isEqualTo(worker);
    }

    private static int askWorker() {
        return server.call("/echo/worker", 1, "[]").get(0).asInt();
    }

    @Test
    void randomBodiesAreAnsweredOrRefused() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        AtomicInteger answered = new AtomicInteger();
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                long seed = SEED + client;
                runs.add(clients.submit(() -> send(new HostileBodies(seed), BODIES / CLIENTS, seed, answered)));
            }
            for (Future<?> run : runs) {
                run.get(BODIES / 100 + 60, TimeUnit.SECONDS);
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(answered.get()).isBetween(BODIES / 50, BODIES / 2);
    }

    private static void send(HostileBodies bodies, int count, long seed, AtomicInteger answered) {
        for (int i = 0; i < count; i++) {
            byte[] body = bodies.next();
            String what =
                    "ops.test.seed=" + seed + ", body " + i + ": " + new String(body, StandardCharsets.ISO_8859_1);
            if (isAnswered(body, what)) {
                answered.incrementAndGet();
            }
        }
    }

    private static boolean isAnswered(byte[] body, String what) {
        long begin = System.nanoTime();
        HttpResponse<String> response = server.send(server.request("/echo/same")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(what).isLessThan(LONGEST);
        if (response.statusCode() == 200) {
            assertThat(response.body()).as(what).matches("(?s)\\{\"(lhs|error)\":.*\\}");
            return true;
        }
        assertThat(response.statusCode()).as(what + response.body()).isBetween(400, 499);
        JsonNode error = TestServer.json(response).get("error");
        assertThat(error.get("code").asInt()).as(what).isEqualTo(response.statusCode());
        assertThat(error.get("message").asText()).as(what).isNotBlank();
        return false;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"mwdata":[1],"mwsize":[11585,11585],"mwtype":"double"}    | Invalid rhs: rhs[0].mwdata
                    {"mwdata":[1,2],"mwsize":[1,3],"mwtype":"double"}          | Invalid rhs: rhs[0]
                    {"mwdata":[1],"mwsize":[1,1],"mwsize":[1,1],"mwtype":"double"} | Invalid rhs: rhs[0]
                    {"a":1,"a":2}                                              | Invalid rhs: rhs[0]
                    {"mwdata":{"f":[1],"f":[2]},"mwsize":[1,1],"mwtype":"struct"} | Invalid rhs: rhs[0]
                    1e999                                                      | Invalid rhs: rhs[0]: the number is too large
                    {"mwdata":[300],"mwsize":[1,1],"mwtype":"int8"}            | Invalid rhs: rhs[0].mwdata[0]
                    {"mwdata":[1.5],"mwsize":[1,1],"mwtype":"int8"}            | Invalid rhs: rhs[0].mwdata[0]
                    "\\ud800"                                                  | Invalid rhs: rhs[0]
                    {"mwdata":[-1],"mwsize":[1,-1],"mwtype":"double"}          | Invalid rhs: rhs[0].mwsize
                    {"mwdata":{},"mwsize":[100000,10000],"mwtype":"struct"}    | Invalid rhs: rhs[0].mwdata: a struct array without fields
                    """)
    void namedCasesSayWhatIsWrongWhere(String value, String message) {
        assertThat(server.callThatFails("/echo/same", 400, "{\"nargout\":1,\"rhs\":[" + value + "]}")
                        .get("message")
                        .asText())
                .startsWith(message);
    }

    @Test
    void aHundredThousandLevelsAreRefused() {
        for (String open : List.of("[", "{\"a\":", "{\"mwtype\":\"cell\",\"mwsize\":[1,1],\"mwdata\":[")) {
            server.callThatFails("/echo/same", 400, "{\"nargout\":1,\"rhs\":[" + open.repeat(100_000));
            server.callThatFails("/echo/same", 400, "{\"ignored\":" + open.repeat(100_000));
        }
    }

    @Test
    void numbersOfFourHundredDigitsAreReadOrRefused() {
        assertThat(server.call("/echo/same", 1, "[" + "0." + "1".repeat(400) + "]")
                        .get(0)
                        .asDouble())
                .isEqualTo(1.0 / 9);
        server.callThatFails("/echo/same", 400, "{\"nargout\":1,\"rhs\":[" + "1".repeat(400) + "]}");
        server.callThatFails(
                "/echo/same",
                400,
                "{\"nargout\":1,\"rhs\":[{\"mwdata\":[" + "1".repeat(400)
                        + "],\"mwsize\":[1,1],\"mwtype\":\"uint64\"}]}");
        server.callThatFails("/echo/same", 400, "{\"nargout\":" + "1".repeat(400) + ",\"rhs\":[]}");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        for (int[] bad : List.of(
                new int[] {0xFF}, new int[] {0xC0, 0x80}, new int[] {0xED, 0xA0, 0x80}, new int[] {0xE2, 0x82})) {
            byte[] body = "{\"nargout\":1,\"rhs\":[\"    \"]}".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < bad.length; i++) {
                body[21 + i] = (byte) bad[i];
            }
            assertThat(isAnswered(body, "bytes that are not UTF-8")).isFalse();
        }
    }

    @Test
    void sizesThatTakeNoRoomInJsonTakeNoneInOctave() {
        for (String value : List.of(
                "{\"mwdata\":{},\"mwsize\":[1000,1000],\"mwtype\":\"struct\"}",
                "{\"mwdata\":[],\"mwsize\":[1000000000,0],\"mwtype\":\"cell\"}",
                "{\"mwdata\":[\"\"],\"mwsize\":[2000000000,1],\"mwtype\":\"char\"}",
                "{\"mwdata\":{\"f\":[]},\"mwsize\":[0,1000000000],\"mwtype\":\"struct\"}")) {
            isAnswered(("{\"nargout\":1,\"rhs\":[" + value + "]}").getBytes(StandardCharsets.UTF_8), value);
        }
    }

    @Test
    void minusZeroKeepsItsSign() {
        assertThat(server.post("/echo/same", "{\"nargout\":1,\"rhs\":[-0]}").body())
                .isEqualTo("{\"lhs\":[{\"mwdata\":[-0],\"mwsize\":[1,1],\"mwtype\":\"double\"}]}");
    }
}
