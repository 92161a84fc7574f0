package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.store.RealPostgres;

/**
 * A database that is away and a disk that is full, for a while: {@code -Dops.test.outage=30} makes it 30 seconds. Submissions
 * are refused with a reason, functions that run go on, and nothing that was accepted is lost.
 */
class JobOutagesIT {
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("ops.test.outage", 4));
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String ARGUMENTS = "{\"nargout\":1,\"rhs\":[],\"outputFormat\":{\"mode\":\"small\"}}";

    @TempDir
    Path folder;

    /** What runs until the test lets it go, what waits behind it, and what neither is much. */
    private TestBundle bundle() {
        return TestBundle.named("outage", "1.0.0", ",\"calls\":{\"running\":1}")
                .function(
                        "y = slow ()",
                        "fclose (fopen ('" + folder.resolve("begun") + "', 'w'));",
                        "while (! exist ('" + folder.resolve("go") + "', 'file')), pause (0.02); endwhile",
                        "disp ('went on');",
                        "y = ones (1, 5000);")
                .function("y = quick ()", "y = 7;");
    }

    private static String submit(TestServer server, String function) {
        HttpResponse<String> response = server.post("/outage/" + function + "?mode=async", ARGUMENTS);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return TestServer.json(response).get("id").asText();
    }

    private void awaitBegun() {
        Awaitility.await().atMost(LIMIT).until(() -> Files.exists(folder.resolve("begun")));
    }

    private static void assertRefused(TestServer server, String reason) {
        HttpResponse<String> response = server.post("/outage/quick?mode=async", ARGUMENTS);
        JsonNode error = server.httpError(response, 503);
        assertThat(error.get("messageId").asText()).isEqualTo("JobStoreUnavailable");
        assertThat(error.get("message").asText()).contains(reason);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    private void letGo() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    private static void lasts() throws InterruptedException {
        Thread.sleep(OUTAGE.toMillis());
    }

    private static void assertReturned(TestServer server, String id, String result) {
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(server.get("/api/v1/jobs/" + id).body()).contains("\"state\":\"RETURNED\""));
        assertThat(server.get("/api/v1/jobs/" + id + "/result").body()).startsWith(result);
    }

    @Test
    void aDatabaseThatIsAwayLosesNothing() throws Exception {
        try (RealPostgres postgres = RealPostgres.start();
                TestServer server = ServerProcess.start(
                        folder,
                        Map.of("ops.jobs.url", postgres.fresh(), "ops.jobs.user", "ops", "ops.jobs.lease", "3s"),
                        ServerProcess.Start.PLAIN)) {
            server.deploy(bundle());
            String running = submit(server, "slow");
            List<String> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(submit(server, "quick"));
            }
            awaitBegun();

            postgres.crash();
            assertRefused(server, "ops.jobs.url");
            letGo();
            lasts();
            assertRefused(server, "ops.jobs.url");
            // What is no job needs no database.
            assertThat(server.call("/outage/quick", 1, "[]").toString()).isEqualTo("[7]");
            postgres.again();

            assertReturned(server, running, "{\"lhs\":[[[1,1,1,");
            assertThat(server.get("/api/v1/jobs/" + running + "/output").body()).isEqualTo("went on\n");
            waiting.forEach(id -> assertReturned(server, id, "{\"lhs\":[7]}"));
            assertReturned(server, submit(server, "quick"), "{\"lhs\":[7]}");
        }
    }

    @Test
    void aFullDiskLosesNothing() throws Exception {
        Path jobs = Files.createDirectories(folder.resolve("home/jobs"));
        ServerProcess.Start how = SmallDisk.mounting("-t tmpfs -o size=8m none " + jobs);
        try (TestServer server = ServerProcess.start(folder, Map.of(), how)) {
            server.deploy(bundle());
            String running = submit(server, "slow");
            String waiting = submit(server, "quick");
            awaitBegun();
            SmallDisk disk = SmallDisk.of(server, jobs);

            disk.leave(0);
            assertRefused(server, "ops.jobs.directory");
            letGo();
            lasts();
            assertThat(server.get("/api/health").statusCode()).isEqualTo(200);
            disk.clear();

            assertReturned(server, running, "{\"lhs\":[[[1,1,1,");
            assertReturned(server, waiting, "{\"lhs\":[7]}");
            assertReturned(server, submit(server, "quick"), "{\"lhs\":[7]}");
        }
    }
}
