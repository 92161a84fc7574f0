package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.worker.Isolation;

class ServingJsonTest {
    private static Serving read(String json) throws JsonProcessingException {
        return ServingJson.read(StrictJson.tree(json));
    }

    @Test
    void aBundleThatSaysNothingLeavesItToTheServer() throws JsonProcessingException {
        assertThat(read("{}")).isEqualTo(Serving.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"isolation\":\"fresh\"}",
                "{\"isolation\":\"warm\",\"limits\":{\"timeout\":\"90s\"}}",
                "{\"limits\":{\"timeout\":\"1001ms\"}}",
                "{\"limits\":{\"timeout\":\"999999999m\"}}",
                "{\"limits\":{\"timeout\":\"999999999h\"}}",
                "{\"warmup\":\"f\"}",
                "{\"warmup\":{\"function\":\"p.f\",\"rhs\":[1.50,\"a\",{\"x\":[]}]},\"figures\":\"png\"}",
                "{\"figures\":\"svg\"}"
            })
    void whatIsWrittenIsReadAgain(String json) throws JsonProcessingException {
        Serving serving = read(json);
        assertThat(ServingJson.read(ServingJson.write(serving))).isEqualTo(serving);
    }

    @Test
    void namesTheIsolationsThatThereAre() throws JsonProcessingException {
        assertThat(read("{\"isolation\":\"fresh\"}").isolation()).contains(Isolation.FRESH);
        assertThatThrownBy(() -> read("{\"isolation\":\"FRESH\"}"))
                .isInstanceOf(OpsException.class)
                .hasMessage("ops.json: \"isolation\" must be \"warm\" or \"fresh\"");
        assertThatThrownBy(() -> read("{\"isolation\":1}")).isInstanceOf(OpsException.class);
    }
}
