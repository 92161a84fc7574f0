package org.octaveserver.ops.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.octaveserver.ops.lifecycle.Deadline;

/** What the server occupies without its workers: after its start, after load, and while 5,000 calls wait. */
final class Memory implements Scenario {
    private static final int WAITING = 5000;
    private static final double MOST_MEGABYTES = 400;
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(10);
    private static final Duration PROMPT = Duration.ofSeconds(2);
    private static final String LONG = "{\"nargout\":1,\"rhs\":[120]}";
    private static final Map<String, String> SETTINGS =
            Map.of("ops.call.max-waiting", Integer.toString(2 * WAITING), "ops.call.timeout", "10m");

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Row> measure(Stage stage) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (MeasuredServer server = stage.startServer(SETTINGS)) {
            Load load = stage.checked(server, "/bench/inc", stage.body("small", Stage.SMALL), Stage.SMALL_ANSWER)
                    .at(8);
            rows.add(Row.of("memory of the server, after its start and one call", Row.megabytes(server.resident())));
            WrkResult unused = stage.wrk().run(load, stage.options().warmUp());
            rows.add(Row.of("memory of the server, after small calls", Row.megabytes(server.resident())));
            if (stage.options().soak().isPresent()) {
                rows.add(
                        Soak.measure(stage, server, load, stage.options().soak().get()));
            }
            rows.add(waiting(server));
        }
        return rows;
    }

    private static Row waiting(MeasuredServer server) throws IOException, InterruptedException {
        try (WaitingCalls calls = new WaitingCalls()) {
            for (int i = 0; i < WAITING; i++) {
                calls.send(server.address(), "/bench/rests", LONG);
            }
            Deadline deadline = Deadline.after(ARRIVAL_LIMIT);
            OptionalInt waiting = waitingNow(server);
            while (waiting.orElse(0) < WAITING - Stage.workers() && !deadline.passed()) {
                Thread.sleep(200);
                waiting = waitingNow(server);
            }
            String told = waiting.isPresent()
                    ? waiting.getAsInt() + " wait"
                    : "/api/v1/status does not answer within " + PROMPT.toSeconds() + " s";
            double resident = server.resident();
            int open = calls.open();
            boolean held = open == WAITING && waiting.orElse(0) >= WAITING - Stage.workers();
            return Row.of(
                            "memory of the server, 5,000 calls waiting",
                            Row.megabytes(resident) + "; " + open + " connections open, " + told)
                    .goal("under 400 MB, all waiting", held && resident < MOST_MEGABYTES);
        }
    }

    /** As the server says, when it says it promptly. */
    private static OptionalInt waitingNow(MeasuredServer server) throws IOException, InterruptedException {
        try {
            HttpResponse<String> status = server.send(server.asOperator("/api/v1/status"), PROMPT);
            JsonNode workers = new ObjectMapper().readTree(status.body()).path("workers");
            return OptionalInt.of(workers.path("waiting").asInt());
        } catch (HttpTimeoutException e) {
            return OptionalInt.empty();
        }
    }
}
