package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web request handlers with real Octave: what gets to them, and what comes back. */
class WebHandlersIT {
    private static final String ROUTES = """
            {"version":"1.0.0",
             "pathmap":[{"match":"^/ping$","webhandler":{"function":"ping"}},
                        {"match":"^/echo(/|$)","webhandler":{"function":"echo"}},
                        {"match":"^/show","webhandler":{"function":"show"}},
                        {"match":"^/leave$","webhandler":{"function":"leave"}},
                        {"match":"^/slow$","webhandler":{"function":"slow"}},
                        {"match":"^/twice$","webhandler":{"function":"ping"}},
                        {"match":"^/$","webhandler":{"function":"ping"}},
                        {"match":"^/pkg$","webhandler":{"function":"tools.name"}}]}
            """;

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        Path conf = Files.createDirectories(folder.resolve("home/conf"));
        Files.writeString(conf.resolve("routes.json"), """
                {"version":"1.0.0",
                 "pathmap":[{"match":"^/hello/.*","webhandler":{"component":"demo","function":"ping"}},
                            {"match":"^/demo/slow/instance$","webhandler":{"component":"demo","function":"show"}},
                            {"match":"^/gone$","webhandler":{"component":"nothing","function":"f"}},
                            {"match":"^/versioned$","webhandler":{"component":"demo@1.0.0","function":"ping"}},
                            {"match":"(?i)^/(api|ui|~)","webhandler":{"component":"demo","function":"ping"}},
                            {"match":"^/instance/wins","webhandler":{"component":"demo","function":"show"}}]}
                """);
        server = TestServer.start(
                folder, Map.of("ops.http.routes-file", "routes.json", "ops.http.max-request-size", "2MB"));
        server.deploy(TestBundle.named("demo", "1.0.0", ",\"limits\":{\"timeout\":\"3s\"}")
                .file("routes.json", ROUTES)
                .function("resp = ping (req)", "resp = struct (\"Body\", \"pong\");")
                .function("resp = echo (req)", "resp.Body = req.Body;")
                .function("resp = show (req)", "resp.Headers = {\"Content-Type\", \"text/plain\"};", SHOW)
                .function("resp = slow (req)", "pause (30); resp.Body = \"late\";")
                .function("resp = leave (req)", "exit (3);")
                .function("r = twice (x)", "r = 2 * x;")
                .file("+tools/name.m", "function resp = name (req)\n  resp.Body = \"packaged\";\nendfunction\n"));
        server.deploy(TestBundle.named("instance")
                .file(
                        "routes.json",
                        "{\"version\":\"1.0.0\",\"pathmap\":[{\"match\":\"^/\",\"webhandler\":{\"function\":\"f\"}}]}")
                .function("resp = f (req)", "resp.Body = \"the bundle's\";"));
    }

    private static final String SHOW = String.join(
            "\n  ",
            "h = req.Headers;",
            "resp.Body = [sprintf(\"%s|%s|%s|\", class (req.Body), mat2str (size (req.Body)), mat2str (req.ApiVersion)), ...",
            "  sprintf(\"%s|%s|%s|%s|\", mat2str (req.HttpVersion), req.Method, req.Path, mat2str (columns (h))), ...",
            "  sprintf(\"<%s: %s>\", h'{:})];");

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawHttp get(String path, String... headers) {
        return RawHttp.send(server, "GET " + path, headers);
    }

    @Test
    void answersTheExampleOfMps() {
        HttpResponse<String> response = server.get("/hello/world");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("pong");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "/demo/ping, pong",
        "/demo/ping?x=1, pong",
        "/demo@1.0.0/ping, pong",
        "/%64emo/%70ing, pong",
        "/demo//ping, pong",
        "/demo/x/../ping, pong",
        "/demo/ping;a=b, pong",
        "/demo;v=1/ping, pong",
        "/demo, pong",
        "/demo/, pong",
        "/demo/pkg, packaged",
        "/versioned, pong",
        "/instance/other/deep/path, the bundle's"
    })
    void routesThePathThatTheContainerDecoded(String path, String body) {
        assertThat(get(path).body()).isEqualTo(body);
    }

    @Test
    void takesRoutesOfTheServerBeforeThoseOfABundleAndThoseBeforeFunctions() {
        assertThat(get("/demo/slow/instance").body()).contains("|GET|/demo/slow/instance|");
        assertThat(get("/instance/wins").body()).contains("|GET|/instance/wins|");
        String call = "{\"nargout\":1,\"rhs\":[2]}";
        assertThat(server.post("/demo/twice", call).body()).isEqualTo("pong");
        server.callThatFails("/demo/ping2", 404, call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/health", "/API/x", "/ui/x", "/ui", "/~abc/requests", "/~routed", "/api;x/health"})
    void neverRoutesOpssOwnUrls(String path) {
        assertThat(get(path).body()).doesNotContain("pong");
        assertThat(RawHttp.send(server, "POST " + path, "Content-Length: 0").body())
                .doesNotContain("pong");
    }

    @Test
    void saysWhichComponentIsNotDeployed() {
        JsonNode error = server.httpError(server.get("/gone"), 404);
        assertThat(error.get("messageId").asText()).isEqualTo("ComponentNotFound");
        assertThat(error.get("message").asText()).contains("\"nothing\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "M-SEARCH", "x"})
    void takesAnyMethod(String method) {
        RawHttp answer = RawHttp.send(server, method + " /demo/show", "Content-Length: 0");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith("uint8|[1 0]|[1 0 0]|[1 1]|" + method + "|/demo/show|2|");
    }

    @Test
    void answersHeadWithoutABody() {
        RawHttp answer = RawHttp.send(server, "HEAD /demo/ping");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.values("Content-Length")).containsExactly("4");
    }

    @Test
    void givesThePathAsItCame() {
        assertThat(get("/demo//show/a%20b;c=%C3%A9/../x?q=%41&r=a+b&&").body())
                .contains("|/demo//show/a%20b;c=%C3%A9/../x?q=%41&r=a+b&&|");
    }

    @Test
    void givesEachHeaderARowAndRepeatedOnesSeveral() {
        assertThat(get("/demo/show", "X-A: one", "X-B: ", "x-a: two", "Authorization: Basic abc", "X-C: gr\u00fcn")
                        .body())
                .contains("<X-A: one>")
                .contains("<X-A: two>")
                .contains("<X-B: >")
                .contains("<Authorization: Basic abc>")
                .contains("<X-C: gr\u00fcn>");
    }

    @Test
    void keepsTheTokenOfTheServerFromUserCode() {
        for (String scheme : new String[] {"Bearer", "bearer", "BEARER "}) {
            RawHttp answer = get("/demo/show", "Authorization: " + scheme + " " + server.token());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain(server.token()).doesNotContain("Authorization");
        }
        RawHttp two = get("/demo/show", "Authorization: Basic x", "Authorization: Bearer " + server.token());
        assertThat(two.body()).doesNotContain(server.token());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/octet-stream",
                "x-own/type; a=\"b\"",
                ""
            })
    void carriesEveryByteOfABodyOfAnyType(String type) {
        byte[] body = new byte[512];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        String header = type.isEmpty() ? "X-Nothing: 1" : "Content-Type: " + type;
        RawHttp answer = RawHttp.send(server, "POST /demo/echo", body, "Content-Length: 512", header);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(body);
    }

    @Test
    void givesHeadersThatAreMalformedAsTheyCame() {
        assertThat(get("/demo/show", "Content-Type: nonsense").body()).contains("<Content-Type: nonsense>");
        assertThat(get("/demo/ping", "Accept: ;;;").body()).isEqualTo("pong");
    }

    @Test
    void takesABodyInChunks() {
        String chunks = "3\r\nab\0\r\n1;x=y\r\n\u00ff\r\n0\r\n\r\n";
        RawHttp answer = RawHttp.send(
                server, "PUT /demo/echo", chunks.getBytes(StandardCharsets.ISO_8859_1), "Transfer-Encoding: chunked");
        assertThat(answer.body()).isEqualTo("ab\0\u00ff");
    }

    @Test
    void carriesAMegabyte() throws Exception {
        byte[] body = new byte[1 << 20];
        new Random(1).nextBytes(body);
        RawHttp answer = RawHttp.send(server, "POST /demo/echo/large", body, "Content-Length: " + body.length);
        assertThat(answer.values("Content-Length")).containsExactly(Integer.toString(body.length));
        assertThat(Arrays.equals(answer.body().getBytes(StandardCharsets.ISO_8859_1), body))
                .isTrue();
    }

    @Test
    void refusesALargerBodyThanIsAllowed() {
        byte[] body = new byte[(2 << 20) + 1];
        HttpResponse<String> known = server.send(server.request("/demo/echo").POST(BodyPublishers.ofByteArray(body)));
        assertThat(server.httpError(known, 413).get("message").asText()).contains("ops.http.max-request-size");
        HttpResponse<String> chunked = server.send(
                server.request("/demo/echo").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(server.httpError(chunked, 413).get("message").asText()).contains("ops.http.max-request-size");
    }

    @Test
    void livesUnderTheLimitsOfACall() {
        assertThat(server.httpError(server.get("/demo/slow"), 504)
                        .get("messageId")
                        .asText())
                .isEqualTo("CallTimeout");
        assertThat(server.httpError(server.get("/demo/leave"), 500)
                        .get("messageId")
                        .asText())
                .isEqualTo("WorkerExited");
        assertThat(get("/demo/ping").body()).isEqualTo("pong");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: https://evil.example, 401",
        "Origin: null, 401",
        "Sec-Fetch-Site: cross-site, 401",
        "X-Forwarded-For: 192.0.2.1, 401",
        "Authorization: Bearer wrong, 401",
        "Sec-Fetch-Site: same-origin, 200"
    })
    void isReachedOnlyByWhoMayCall(String header, int status) {
        for (String path : new String[] {"/demo/ping", "/hello/x", "/gone"}) {
            RawHttp answer = get(path, header);
            assertThat(answer.status()).isEqualTo(status == 200 && path.equals("/gone") ? 404 : status);
        }
        byte[] form = "a=1".getBytes(StandardCharsets.US_ASCII);
        RawHttp simple =
                RawHttp.send(server, "POST /demo/echo", form, header, "Content-Length: 3", "Content-Type: text/plain");
        assertThat(simple.status()).isEqualTo(status);
        assertThat(simple.body().equals("a=1")).isEqualTo(status == 200);
    }

    @Test
    void followsTheReleaseAndSurvivesARestart() throws Exception {
        TestBundle first = TestBundle.named("moving").file("routes.json", route("^/old$", "f"));
        server.deploy(first.function("resp = f (req)", "resp.Body = \"one\";"));
        assertThat(get("/moving/old").body()).isEqualTo("one");
        TestBundle second = TestBundle.named("moving", "2.0.0", "").file("routes.json", route("^/new$", "g"));
        server.deploy(second.function("resp = g (req)", "resp.Body = \"two\";"));
        assertThat(get("/moving/new").body()).isEqualTo("two");
        assertThat(get("/moving/old").status()).isEqualTo(405);
        server.close();
        server = TestServer.start(
                folder, Map.of("ops.http.routes-file", "routes.json", "ops.http.max-request-size", "2MB"));
        assertThat(get("/moving/new").body()).isEqualTo("two");
        assertThat(get("/hello/again").body()).isEqualTo("pong");
    }

    private static String route(String match, String function) {
        return "{\"version\":\"1.0.0\",\"pathmap\":[{\"match\":\"" + match + "\",\"webhandler\":{\"function\":\""
                + function + "\"}}]}";
    }

    @Test
    void refusesABundleWhoseRoutesLeadNowhere() {
        JsonNode problem = server.deployRefused(
                TestBundle.named("lost")
                        .file("routes.json", route("^/x$", "nosuch"))
                        .function("resp = f (req)", "resp = struct ();")
                        .zip(),
                400);
        assertThat(problem.get("detail").asText())
                .isEqualTo("routes.json: /pathmap/0/webhandler/function: \"nosuch\" is none of the functions that the"
                        + " bundle exports: f");
        JsonNode noInput = server.deployRefused(
                TestBundle.named("lost")
                        .file("routes.json", route("^/x$", "f"))
                        .function("resp = f ()", "resp = struct ();")
                        .zip(),
                400);
        assertThat(noInput.get("detail").asText()).contains("must take the request and answer the response");
    }
}
