package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Calls functions that harm and one that does not, without pause, and checks that each call gets an answer of its own. */
final class ChaosClient implements Callable<Void> {
    /** Of each hundred calls. */
    private static final int HARMLESS = 80;

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final TestServer server;
    private final Random random;
    private final Map<String, AtomicLong> outcomes;
    private volatile boolean stopped;

    /**
     * A client.
     *
     * @param outcomes counts what came of the calls, by function and outcome
     */
    ChaosClient(TestServer server, long seed, Map<String, AtomicLong> outcomes) {
        this.server = server;
        this.random = new Random(seed);
        this.outcomes = outcomes;
    }

    @Override
    public Void call() {
        List<String> harmful = ChaosBundle.harmful();
        while (!stopped) {
            boolean harmless = random.nextInt(100) < HARMLESS;
            ask(harmless ? ChaosBundle.TAG : harmful.get(random.nextInt(harmful.size())));
        }
        return null;
    }

    /** One call. */
    void ask(String function) {
        long number = NUMBERS.incrementAndGet();
        HttpResponse<String> response = server.post(
                "/" + ChaosBundle.NAME + "/" + function,
                "{\"nargout\":1,\"rhs\":[" + number + "],\"outputFormat\":{\"mode\":\"small\"}}");
        JsonNode body = TestServer.json(response);
        count(function, outcome(function, number, body));
    }

    private static String outcome(String function, long number, JsonNode body) {
        if (body.has("lhs")) {
            assertThat(body.get("lhs").toString()).as("answer of " + function).isEqualTo("[" + number + "]");
            return "answered";
        }
        JsonNode error = body.get("error");
        if (error.get("type").asText().equals("matlaberror")) {
            assertThat(function).as(body.toString()).isNotEqualTo(ChaosBundle.TAG);
            return "threw";
        }
        String id = error.get("messageId").asText();
        assertThat(ChaosBundle.mayFail(function, id)).as(function + ": " + body).isTrue();
        return id;
    }

    private void count(String function, String outcome) {
        String kind = function.equals(ChaosBundle.TAG) ? function : "harmful";
        outcomes.computeIfAbsent(kind + " " + outcome, key -> new AtomicLong()).incrementAndGet();
    }

    static Map<String, AtomicLong> outcomes() {
        return new ConcurrentHashMap<>();
    }

    void stop() {
        stopped = true;
    }
}
