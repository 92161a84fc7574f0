package org.octaveserver.ops.web.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.Statuses;

class ProblemsTest {
    private final Problems problems = new Problems();

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void rendersEveryFailureWithItsStableName(ErrorCode code) {
        int status = Statuses.of(code.kind());
        Response response = problems.render(Response.status(status), status, new OpsException(code, "why \"so\""))
                .build();
        assertThat(response.getMediaType()).hasToString("application/problem+json");
        JsonNode body = new ObjectMapper().valueToTree(response.getEntity());
        assertThat(body.get("type").asText()).isEqualTo("about:blank");
        assertThat(body.get("title").asText()).isNotEmpty();
        assertThat(body.get("status").asInt()).isEqualTo(status).isEqualTo(response.getStatus());
        assertThat(body.get("detail").asText()).isEqualTo("why \"so\"");
        assertThat(body.get("code").asText()).isEqualTo(code.name());
    }

    @ParameterizedTest
    @CsvSource({
        "api/v1/bundles, true",
        "api/v1/, true",
        "api/v1, true",
        "api/v10/x, false",
        "api/health, false",
        "xapi/v1/x, false",
        "'', false"
    })
    void servesOpsOwnApi(String path, boolean served) {
        assertThat(problems.serves(path)).isEqualTo(served);
    }
}
