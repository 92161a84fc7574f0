package org.octaveserver.ops.web.mps;

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

class MpsErrorsTest {
    private static JsonNode render(ErrorCode code, String message) {
        int status = Statuses.of(code.kind());
        ErrorFace.Body body = new MpsErrors().render(status, new OpsException(code, message));
        assertThat(body.type()).isEqualTo("application/json");
        try {
            return new ObjectMapper().readTree(body.bytes()).get("error");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void rendersEveryFailureWithAnIdAndTheDetails(ErrorCode code) {
        JsonNode error = render(code, "the \"details\"\n\u0000 \u00fc \ud83d\ude00 \ud800");
        assertThat(error.get("type").asText()).isEqualTo("httperror");
        assertThat(error.get("code").asInt()).isEqualTo(Statuses.of(code.kind()));
        assertThat(error.get("messageId").asText()).matches("([A-Z]+[a-z]+)+[A-Z]*");
        assertThat(error.get("message").asText()).contains("the \"details\"\n\u0000 \u00fc \ud83d\ude00");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_JSON, InvalidJSON, Invalid JSON: x",
        "FUNCTION_NOT_FOUND, FunctionNotFound, Function not found. x",
        "QUEUE_FULL, QueueFull, x",
        "MISSING_RHS, MissingRHS, x",
        "DISCOVERY_DISABLED, DiscoveryDisabled, Discovery Disabled: x",
        "UNAUTHENTICATED, NotAuthorized, x"
    })
    void wordsThemAsMpsDoes(ErrorCode code, String id, String message) {
        assertThat(render(code, "x").get("messageId").asText()).isEqualTo(id);
        assertThat(render(code, "x").get("message").asText()).isEqualTo(message);
    }
}
