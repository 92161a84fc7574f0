package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that want a process of their own, and an operator who wants others. */
class IsolationIT {
    private static final String BODY = "{\"nargout\":1,\"rhs\":[],\"outputFormat\":{\"mode\":\"small\"}}";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of());
        server.deploy(counting("warm", ""));
        server.deploy(counting("clean", ",\"isolation\":\"fresh\""));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestBundle counting(String name, String more) {
        return TestBundle.named(name, "1.0.0", more).function("r = counted ()", "persistent n = 0;", "r = ++n;");
    }

    private static HttpResponse<String> call(String bundle, String isolation) {
        return server.send(server.request("/" + bundle + "/counted")
                .header("Content-Type", "application/json")
                .header("OPS-Isolation", isolation)
                .POST(BodyPublishers.ofString(BODY)));
    }

    private static int counted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return TestServer.json(answer).path("lhs").path(0).asInt();
    }

    @Test
    void aFreshCallFindsNothingOfOthersAndLeavesNothing() {
        int before = counted(call("warm", "warm"));

        assertThat(counted(call("warm", "fresh"))).isEqualTo(1);
        assertThat(counted(call("warm", "fresh"))).isEqualTo(1);

        assertThat(before).isPositive();
    }

    @Test
    void aBundleThatWantsFreshProcessesIsNeverServedByAWarmOne() {
        for (int i = 0; i < 5; i++) {
            assertThat(counted(call("clean", "warm"))).isEqualTo(1);
            assertThat(server.call("/clean/counted", 1, "[]").path(0).asInt()).isEqualTo(1);
        }
    }

    @Test
    void anotherIsolationIsRefusedNamingBoth() {
        HttpResponse<String> answer = call("warm", "clean");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("OPS-Isolation").contains("warm or fresh");
    }

    @Test
    void anOperatorHasTheWorkersOfABundleReplaced() {
        server.deploy(counting("old", ""));
        call("old", "warm");
        assertThat(counted(call("old", "warm"))).isEqualTo(2);

        JsonNode told = TestServer.json(
                server.sendAsAdmin("POST", "/api/v1/workers/recycle?bundle=old", BodyPublishers.noBody()));

        assertThat(told.path("recycled").asInt()).isPositive();
        assertThat(counted(call("old", "warm"))).isEqualTo(1);
        JsonNode status = TestServer.json(server.getAsAdmin("/api/v1/status"));
        assertThat(status.path("workers").path("recycled").path("command").asInt())
                .isPositive();
        assertThat(server.sendAsAdmin("POST", "/api/v1/workers/recycle?bundle=none", BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(404);
    }
}
