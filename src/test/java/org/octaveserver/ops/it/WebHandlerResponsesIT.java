package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What web request handlers answer, from real Octave to the wire. */
class WebHandlerResponsesIT {
    private static final String ANSWER = String.join(
            "\n  ",
            "switch (name)",
            "  case \"full\"",
            "    resp = struct (\"ApiVersion\", [1 0 0], \"HttpCode\", 418, \"HttpMessage\", \"I'm a teapot\", ...",
            "      \"Headers\", {{\"X-A\", \"one\"; \"X-A\", \"two\"; \"X-N\", 42; \"X-F\", 1.5; ...",
            "                   \"Content-Type\", \"text/html; charset=utf-8\"; \"Location\", \"next/page?a=1\"}}, ...",
            "      \"Body\", uint8 (\"<p>\"));",
            "  case \"empty\"",
            "  case \"nothing\"",
            "    resp = struct (\"Body\", [], \"Headers\", {{\"Content-Type\", \"\"; \"Content-Length\", 0}});",
            "  case \"code204\"",
            "    resp = struct (\"HttpCode\", 204, \"Body\", \"lost\");",
            "  case \"code304\"",
            "    resp = struct (\"HttpCode\", uint16 (304), \"Body\", \"lost\");",
            "  case \"column\"",
            "    resp.Body = uint8 ([65; 66]);",
            "  case \"own\"",
            "    resp.Headers = {\"Content-Length\", \"1\"; \"Transfer-Encoding\", \"chunked\"; \"Connection\", \"x\"};",
            "    resp.Body = \"whole\";",
            "  case \"cookies\"",
            "    resp.Headers = {\"Set-Cookie\", \"a=1\"; \"Set-Cookie\", \"b=2\"};",
            "  case \"throws\"",
            "    error (\"demo:bad\", \"no such %s\", \"thing\");",
            "  case \"exits\"",
            "    exit (3);",
            "  case \"big\"",
            "    resp.Body = repmat (uint8 (7), 1, 3e6);",
            "  case \"bigheader\"",
            "    resp.Headers = {\"X-A\", repmat(\"a\", 1, 20000)};",
            "  case \"manyheaders\"",
            "    resp.Headers = repmat ({\"X-A\", \"b\"}, 2000, 1);",
            "  case \"fewerheaders\"",
            "    resp.Headers = repmat ({\"X-A\", \"b\"}, 768, 1);",
            "  case \"charset\"",
            "    resp.Headers = {\"Content-Type\", \"text/html; charset=latin-9999\"};",
            "  case \"double\"",
            "    resp.Body = [72 105];",
            "  case \"matrix\"",
            "    resp.Body = uint8 ([1 2; 3 4]);",
            "  case \"code100\"",
            "    resp.HttpCode = 100;",
            "  case \"code600\"",
            "    resp.HttpCode = 600;",
            "  case \"codehalf\"",
            "    resp.HttpCode = 200.5;",
            "  case \"codenan\"",
            "    resp.HttpCode = NaN;",
            "  case \"codetext\"",
            "    resp.HttpCode = \"200\";",
            "  case \"injection\"",
            "    resp.Headers = {\"X-A\", \"a\\r\\nX-Evil: 1\"};",
            "  case \"injectedname\"",
            "    resp.Headers = {\"X-A: b\\r\\nX-Evil\", \"1\"};",
            "  case \"onecolumn\"",
            "    resp.Headers = {\"X-A\"};",
            "  case \"headertext\"",
            "    resp.Headers = \"X-A: b\";",
            "  case \"headercell\"",
            "    resp.Headers = {\"X-A\", {1}};",
            "  case \"type\"",
            "    resp.Headers = {\"Content-Type\", \"nonsense\"};",
            "  case \"types\"",
            "    resp.Headers = {\"Content-Type\", \"text/a\"; \"content-type\", \"text/b\"};",
            "  case \"notstruct\"",
            "    resp = 5;",
            "  case \"structs\"",
            "    resp = struct (\"Body\", {1, 2});",
            "  case \"message\"",
            "    resp.HttpMessage = 7;",
            "  case \"version\"",
            "    resp.ApiVersion = \"1.0.0\";",
            "endswitch");

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of());
        server.deploy(TestBundle.named("demo")
                .file(
                        "routes.json",
                        "{\"version\":\"1.0.0\",\"pathmap\":[{\"match\":\"^/answer/\",\"webhandler\":{\"function\":\"answer\"}}]}")
                .function(
                        "resp = answer (req)",
                        "resp = struct ();",
                        "name = regexp (req.Path, '[a-z0-9]+$', 'match'){1};",
                        ANSWER));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawHttp get(String path) {
        return RawHttp.send(server, "GET " + path);
    }

    @Test
    void sendsWhatTheHandlerAnswers() {
        RawHttp answer = get("/demo/answer/full");
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.values("X-A")).containsExactly("one", "two");
        assertThat(answer.values("X-N")).containsExactly("42");
        assertThat(answer.values("X-F")).containsExactly("1.5");
        assertThat(answer.values("Content-Type").get(0).replace(" ", "")).isEqualTo("text/html;charset=utf-8");
        assertThat(answer.values("Location")).containsExactly("next/page?a=1");
        assertThat(answer.body()).isEqualTo("<p>");
    }

    @ParameterizedTest
    @CsvSource({"empty, 200", "nothing, 200", "code204, 204", "code304, 304", "cookies, 200"})
    void sendsNoBodyWhereThereIsNoneToSend(String name, int status) {
        RawHttp answer = get("/demo/answer/" + name);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"full, text/html;charset=utf-8", "column, application/octet-stream", "empty, ''", "nothing, ''"})
    void namesTheSameTypeForHeadAsForGet(String name, String type) {
        List<String> types = type.isEmpty() ? List.of() : List.of(type);
        for (String method : List.of("GET", "HEAD")) {
            RawHttp answer = RawHttp.send(server, method + " /demo/answer/" + name);
            assertThat(answer.values("Content-Type").stream().map(value -> value.replace(" ", "")))
                    .as(method + " " + answer)
                    .containsExactlyElementsOf(types);
        }
    }

    @Test
    void sendsAsManyHeadersAsItAllows() {
        assertThat(get("/demo/answer/fewerheaders").values("X-A")).hasSize(768);
    }

    @Test
    void keepsTheHeadersOfTheConnectionToItself() {
        RawHttp answer = get("/demo/answer/own");
        assertThat(answer.body()).isEqualTo("whole");
        assertThat(answer.values("Content-Length")).containsExactly("5");
        assertThat(answer.values("Transfer-Encoding")).isEmpty();
        assertThat(get("/demo/answer/cookies").values("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(get("/demo/answer/column").body()).isEqualTo("AB");
    }

    @Test
    void sendsALargeBody() {
        assertThat(get("/demo/answer/big").body()).hasSize(3_000_000).matches("\\x07+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bigheader | resp.Headers must have at most 6144 bytes in all",
                "manyheaders | resp.Headers must have at most 6144 bytes in all",
                "charset | resp.Headers{1,2} must name a charset that the server knows",
                "double | resp.Body must be a row of uint8 or char; it is 1x2 double",
                "matrix | resp.Body must be a row of uint8 or char; it is 2x2 uint8",
                "code100 | resp.HttpCode must be a whole number from 200 to 599, not 100;",
                "code600 | resp.HttpCode must be a whole number from 200 to 599, not 600;",
                "codehalf | resp.HttpCode must be a whole number from 200 to 599, not 200.5",
                "codenan | resp.HttpCode must be a whole number from 200 to 599, not NaN",
                "codetext | resp.HttpCode must be a number from 200 to 599; it is 1x3 char",
                "injection | resp.Headers{1,2} must have no line break",
                "injectedname | resp.Headers{1,1} must be the name of a header",
                "onecolumn | resp.Headers must be a cell array with two columns, names and values; it is 1x1 cell",
                "headertext | resp.Headers must be a cell array with two columns, names and values; it is 1x6 char",
                "headercell | resp.Headers{1,2} must be a row of char or a number; it is 1x1 cell",
                "type | resp.Headers{1,2} must be a media type",
                "types | resp.Headers{2,1} is Content-Type for the second time",
                "notstruct | the handler's output must be a struct of 1x1; it is 1x1 double",
                "structs | the handler's output must be a struct of 1x1; it is 1x2 struct",
                "message | resp.HttpMessage must be a row of char; it is 1x1 double",
                "version | resp.ApiVersion must be three numbers"
            })
    void saysWhichFieldOfAResponseIsWrong(String name, String message) {
        RawHttp answer = get("/demo/answer/" + name);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.values("X-Evil")).isEmpty();
        JsonNode error = TestServer.json(answer.body()).get("error");
        assertThat(error.get("messageId").asText()).isEqualTo("InvalidHandlerResponse");
        assertThat(error.get("message").asText()).startsWith(message);
    }

    @Test
    void tellsWhatAHandlerThrewWithoutItsStack() {
        JsonNode error = server.httpError(server.get("/demo/answer/throws"), 500);
        assertThat(error.get("messageId").asText()).isEqualTo("HandlerFailed");
        assertThat(error.get("message").asText()).isEqualTo("no such thing");
        assertThat(error.has("stack")).isFalse();
    }
}
