package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * Asks a server what functions it has.
 *
 * @param server whose client asks
 */
record Discovering(TestServer server) {
    HttpResponse<String> discovery() {
        HttpResponse<String> response = server.get("/api/discovery");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return response;
    }

    JsonNode archive(String name) {
        return TestServer.json(discovery()).at("/archives/" + name);
    }

    /** The only signature of a function. */
    JsonNode signature(String bundle, String function) {
        JsonNode signatures = archive(bundle).at("/functions/" + function + "/signatures");
        assertThat(signatures).hasSize(1);
        return signatures.get(0);
    }

    static List<String> names(JsonNode arguments) {
        return arguments.findValuesAsText("name");
    }
}
