package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.store.RealPostgres;

/** Two nodes with one queue of jobs, both in good health, with leases that are short beside what their jobs take. */
class SharedJobsIT {
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private TestServer start(String name, String url) {
        return TestServer.start(
                folder.resolve(name),
                Map.of(
                        "ops.jobs.url",
                        url,
                        "ops.jobs.user",
                        "ops",
                        "ops.jobs.lease",
                        LEASE.toSeconds() + "s",
                        "ops.jobs.poll-interval",
                        "200ms",
                        "ops.callbacks.secret",
                        "of both",
                        "ops.jobs.directory",
                        folder.resolve("jobs").toString(),
                        "ops.bundles.directory",
                        folder.resolve("bundles").toString(),
                        "ops.pool.max-workers",
                        "1"));
    }

    /** Each beginning is a line in a file; it ends when there is another one. */
    private TestBundle bundle() {
        return TestBundle.named("shared")
                .function(
                        "y = waits (name)",
                        "name = fullfile ('" + folder + "', name);",
                        "file = fopen ([name '-begun'], 'a'); fputs (file, \"begun\\n\"); fclose (file);",
                        "while (! exist ([name '-go'], 'file')), pause (0.02); endwhile",
                        "y = 1;");
    }

    private String submit(TestServer server, String name) {
        HttpResponse<String> response =
                server.post("/shared/waits?mode=async", "{\"nargout\":1,\"rhs\":[\"" + name + "\"]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        Awaitility.await().atMost(LIMIT).until(() -> Files.exists(folder.resolve(name + "-begun")));
        return TestServer.json(response).get("id").asText();
    }

    private static boolean runs(TestServer server, String id) {
        return server.getAsAdmin("/api/v1/calls").body().contains(id);
    }

    private static String state(TestServer server, String id) {
        return TestServer.json(server.get("/api/v1/jobs/" + id)).get("state").asText();
    }

    @Test
    void aNodeKeepsWhatItRunsAndStopsWhatIsCancelledThroughTheOther() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            String url = postgres.fresh();
            try (TestServer one = start("one", url);
                    TestServer two = start("two", url)) {
                one.deploy(bundle());
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> two.get("/api/discovery").body().contains("shared"));
                String kept = submit(one, "kept");
                String cancelled = submit(two, "cancelled");
                Thread.sleep(LEASE.multipliedBy(3).toMillis());

                assertThat(List.of(state(one, kept), state(two, cancelled)))
                        .as("leases are renewed")
                        .containsOnly("RUNNING");
                TestServer running = runs(one, cancelled) ? one : two;
                TestServer other = running == one ? two : one;
                assertThat(runs(running, cancelled)).isTrue();
                assertThat(runs(other, cancelled)).isFalse();
                assertThat(other.sendAsAdmin("POST", "/api/v1/jobs/" + cancelled + "/cancel", BodyPublishers.noBody())
                                .statusCode())
                        .isEqualTo(200);
                Awaitility.await().atMost(LIMIT).until(() -> !runs(running, cancelled));
                Files.createFile(folder.resolve("kept-go"));
                Awaitility.await().atMost(LIMIT).until(() -> state(two, kept).equals("RETURNED"));

                assertThat(state(running, cancelled)).isEqualTo("CANCELLED");
                assertThat(folder.resolve("kept-begun")).hasContent("begun");
                assertThat(folder.resolve("cancelled-begun")).hasContent("begun");
            }
        }
    }
}
