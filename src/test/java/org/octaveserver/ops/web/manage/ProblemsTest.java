package org.octaveserver.ops.web.manage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.web.edge.ErrorFace;
import org.octaveserver.ops.web.edge.Statuses;

class ProblemsTest {
    private final Problems problems = new Problems();

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void rendersEveryFailureWithItsStableName(ErrorCode code) throws IOException {
        int status = Statuses.of(code.kind());
        ErrorFace.Body rendered = problems.render(status, new OpsException(code, "why \"so\""));
        assertThat(rendered.type()).isEqualTo("application/problem+json");
        JsonNode body = new ObjectMapper().readTree(rendered.bytes());
        assertThat(body.get("type").asText()).isEqualTo("about:blank");
        assertThat(body.get("title").asText()).isNotEmpty();
        assertThat(body.get("status").asInt()).isEqualTo(status);
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
