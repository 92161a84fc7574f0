package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
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
                "{\"calls\":{\"running\":3,\"waiting\":1000000}}",
                "{\"jobs\":{}}",
                "{\"jobs\":{\"idempotent\":true}}",
                "{\"jobs\":{\"idempotent\":false,\"timeout\":\"2h\"}}",
                "{\"jobs\":{\"idempotent\":[],\"cancel-grace\":\"1500ms\"}}",
                "{\"jobs\":{\"idempotent\":[\"f\",\"pkg.g\"],\"timeout\":\"999999999h\",\"cancel-grace\":\"5s\"}}"
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

    @Test
    void saysWhichJobsMayBeRunAgain() throws JsonProcessingException {
        JobTerms some = read("{\"jobs\":{\"idempotent\":[\"f\",\"pkg.g\"],\"timeout\":\"2h\",\"cancel-grace\":\"5s\"}}")
                .jobs();
        assertThat(some.isIdempotent("f")).isTrue();
        assertThat(some.isIdempotent("g")).isFalse();
        assertThat(some.timeout()).contains(Duration.ofHours(2));
        assertThat(some.cancelGrace()).contains(Duration.ofSeconds(5));
        assertThat(read("{\"jobs\":{\"idempotent\":true}}").jobs().isIdempotent("g"))
                .isTrue();
        assertThat(JobTerms.DEFAULT.isIdempotent("f")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jobs\":true}",
                "{\"jobs\":{\"idempotent\":\"f\"}}",
                "{\"jobs\":{\"idempotent\":{\"f\":true}}}",
                "{\"jobs\":{\"idempotent\":{}}}",
                "{\"jobs\":{\"idempotent\":[\"f\",\"f\"]}}",
                "{\"jobs\":{\"idempotent\":[1]}}",
                "{\"jobs\":{\"idempotent\":null}}",
                "{\"jobs\":{\"timeout\":7200}}",
                "{\"jobs\":{\"timeout\":\"0s\"}}",
                "{\"jobs\":{\"cancel-grace\":\"soon\"}}",
                "{\"jobs\":{\"cancelGrace\":\"5s\"}}"
            })
    void refusesTermsOfJobsThatAreNone(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(OpsException.class)
                .hasMessageStartingWith("ops.json: ")
                .hasMessageContaining("\"jobs");
    }
}
