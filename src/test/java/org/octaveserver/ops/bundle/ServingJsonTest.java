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
                "{\"limits\":{\"cpu\":\"5s\",\"memory\":\"512MB\",\"processes\":0,\"open-files\":64}}",
                "{\"limits\":{\"address-space\":\"1025B\",\"output\":\"1TB\",\"result\":\"64KB\",\"file-size\":\"3KB\"}}",
                "{\"limits\":{\"timeout\":\"999999999m\"}}",
                "{\"limits\":{\"timeout\":\"999999999h\"}}",
                "{\"warmup\":\"f\"}",
                "{\"warmup\":{\"function\":\"p.f\",\"rhs\":[1.50,\"a\",{\"x\":[]}]},\"figures\":\"png\"}",
                "{\"figures\":\"svg\"}",
                "{\"calls\":{}}",
                "{\"calls\":{\"running\":1}}",
                "{\"calls\":{\"running\":3,\"waiting\":1000000}}"
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"limits\":[]}",
                "{\"limits\":{\"memory\":512}}",
                "{\"limits\":{\"memory\":\"0MB\"}}",
                "{\"limits\":{\"memory\":\"-1MB\"}}",
                "{\"limits\":{\"memory\":\"999999999999TB\"}}",
                "{\"limits\":{\"memory\":null}}",
                "{\"limits\":{\"cpu\":5}}",
                "{\"limits\":{\"processes\":-1}}",
                "{\"limits\":{\"processes\":1.5}}",
                "{\"limits\":{\"processes\":\"5\"}}",
                "{\"limits\":{\"open-files\":0}}",
                "{\"limits\":{\"open-files\":99999999999}}",
                "{\"limits\":{\"result\":\"63KB\"}}",
                "{\"limits\":{\"memroy\":\"1MB\"}}"
            })
    void refusesLimitsThatAreNone(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(OpsException.class)
                .hasMessageStartingWith("ops.json: ")
                .hasMessageContaining("limits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"calls\":5}",
                "{\"calls\":{\"running\":0}}",
                "{\"calls\":{\"running\":1.5}}",
                "{\"calls\":{\"waiting\":\"5\"}}",
                "{\"calls\":{\"waiting\":1000001}}",
                "{\"calls\":{\"most\":1}}"
            })
    void refusesNumbersOfCallsThatAreNone(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(OpsException.class)
                .hasMessageStartingWith("ops.json: ")
                .hasMessageContaining("calls");
    }
}
