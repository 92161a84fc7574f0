package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mps.json} in deployed bundles, through HTTP. */
class MpsJsonIT {
    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(folder, Map.of("ops.pool.max-workers", "1"));
        server.deploy(TestBundle.named("user")
                .function("r = made (code)", "r = eval (code);")
                .function("text = encoded (code, varargin)", "text = mps.json.encode (eval (code), varargin{:});")
                .function("r = decoded (text)", "r = mps.json.decode (text);")
                .function("r = forgets ()", "restoredefaultpath ();", "r = exist ('mps.json.encode');"));
        server.deploy(TestBundle.named("own")
                .file(
                        "+mps/+json/encode.m",
                        "function r = encode (x)\n  r = ['mine: ', mps.json.encoderequest({x})];\nendfunction\n")
                .file("+mps/hello.m", "function r = hello ()\n  r = 'hello';\nendfunction\n")
                .function("r = encoded (x)", "r = mps.json.encode (x);"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "magic (3)",
                "[0.1, 1/3, pi * 1e300, 2^-1074, 2^-44, -0, NaN, Inf]",
                "single ([0.1, 1/3, 1e10])",
                "[intmin('int64'), intmax('int64')]",
                "struct ('a', {1, 'x'}, 'b', {{}, {1, int8(2)}})",
                "reshape (1:24, 2, 3, 4)",
                "complex ([1, 2], [0, -0])",
                "sparse ([1, 0; 0, 2.5])",
                "['ab'; 'cd']",
                "char ([200, 97, 10, 34])",
                "struct ('nested', struct ('x', {{1, 'a'; true, []}}))",
            })
    void writesWhatTheServerAnswers(String code) {
        for (String mode : new String[] {"small", "large"}) {
            HttpResponse<String> answer = server.post(
                    "/user/made",
                    "{\"nargout\":1,\"rhs\":[\"" + code + "\"],\"outputFormat\":{\"mode\":\"" + mode + "\"}}");
            JsonNode text = server.call("/user/encoded", 1, "[\"" + code + "\",\"Format\",\"" + mode + "\"]")
                    .get(0);

            assertThat("{\"lhs\":[" + text.asText() + "]}").isEqualTo(answer.body());
        }
    }

    @Test
    void readsARequestThatABundleGets() {
        assertThat(server.call(
                                "/user/decoded",
                                1,
                                "[\"{\\\"mwdata\\\":[1,4,3,2],\\\"mwsize\\\":[2,2],\\\"mwtype\\\":\\\"double\\\"}\"]")
                        .toString())
                .isEqualTo("[[[1,3],[4,2]]]");
    }

    /** Of the package's frames callers see that of the function they know, and never where the server keeps it. */
    @Test
    void aRefusalShowsNoDirectoryOfTheServer() {
        JsonNode error = server.callThatThrows("/user/decoded", 1, "[\"[1,[2,\\\"x\\\"]]\"]");

        assertThat(error.get("id").asText()).isEqualTo("mps:json:notation");
        assertThat(error.get("message").asText())
                .isEqualTo("decode: value[1]: expected a number (other arrays need large notation), got an array of 2");
        assertThat(error.get("stack")).hasSize(2);
        assertThat(error.get("stack").get(0).get("file").asText()).isEqualTo("+mps/+json/decode.m");
        assertThat(error.get("stack").get(0).get("name").asText()).isEqualTo("decode");
        assertThat(error.get("stack").get(1).get("file").asText()).isEqualTo("decoded.m");

        JsonNode unsupported = server.callThatThrows("/user/encoded", 1, "[\"{1, @sin}\"]");
        assertThat(unsupported.get("id").asText()).isEqualTo("mps:json:unsupported");
        assertThat(unsupported.toString()).doesNotContain("internal").doesNotContain(folder.toString());
    }

    @Test
    void aBundleMayBringItsOwn() {
        assertThat(server.call("/own/encoded", 1, "[5]").get(0).asText())
                .isEqualTo(
                        "mine: {\"rhs\":[5],\"nargout\":1,\"outputFormat\":{\"mode\":\"small\",\"nanType\":\"string\"}}");
        assertThat(server.call("/own/mps.hello", 1, "[]").get(0).asText()).isEqualTo("hello");
    }

    @Test
    void isThereAgainForTheNextCall() {
        server.call("/user/forgets", 1, "[]");

        assertThat(server.call("/user/encoded", 1, "[\"5\"]").get(0).asText()).isEqualTo("5");
    }

    @Test
    void isNoExportOfABundle() {
        server.callThatFails("/user/mps.json.encode", 404, "{\"nargout\":1,\"rhs\":[5]}");
    }
}
