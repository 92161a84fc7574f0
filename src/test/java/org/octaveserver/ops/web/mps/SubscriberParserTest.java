package org.octaveserver.ops.web.mps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.Callback;

class SubscriberParserTest {
    private static List<Callback> read(String subscriber) {
        String body = "{'nargout':0,'subscriber':" + subscriber + ",'rhs':[]}";
        return new CallRequestReader(100_000)
                .read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .callbacks();
    }

    @Test
    void readsWhoIsToBeToldOfWhat() {
        assertThat(read("{'failedUri':'http://b.example','x':[1,{}],'successUri':'https://a.example/?q=1',"
                        + "'inProgressUri':'http://[::1]:80/'}"))
                .containsExactly(
                        new Callback(Callback.Event.FAILURE, URI.create("http://b.example")),
                        new Callback(Callback.Event.SUCCESS, URI.create("https://a.example/?q=1")),
                        new Callback(Callback.Event.PROGRESS, URI.create("http://[::1]:80/")));
        assertThat(read("{}")).isEmpty();
        assertThat(read("null")).isEmpty();
        assertThat(read("{'successUri':null}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | subscriber:",
                "[] | subscriber:",
                "'http://a' | subscriber:",
                "{'successUri':7} | subscriber.successUri",
                "{'successUri':{}} | subscriber.successUri",
                "{'failedUri':'no uri'} | subscriber.failedUri",
                "{'inProgressUri':'http://a\\u0000'} | subscriber.inProgressUri",
                "{'successUri':'http://a','successUri':'http://b'} | twice",
                "{},'subscriber':{} | twice"
            },
            quoteCharacter = '`')
    void refusesOthers(String subscriber, String named) {
        assertThatThrownBy(() -> read(subscriber))
                .isInstanceOfSatisfying(
                        OpsException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT))
                .hasMessageContaining(named);
    }
}
