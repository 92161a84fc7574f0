package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.app.OpsServer;
import org.octaveserver.ops.settings.DataSize;
import org.octaveserver.ops.settings.Durations;
import org.octaveserver.ops.settings.SettingsCatalog;

/** OPS behind a real nginx that runs {@code nginx-example/ops.conf}. */
class NginxIT {
    private static final String CALL = "{\"nargout\":1,\"rhs\":[21],\"outputFormat\":{\"mode\":\"small\"}}";
    private static final long LIMIT = 64L << 20;

    @TempDir
    static Path folder;

    private static TestServer server;
    private static NginxProxy nginx;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(folder.resolve("ops"), Map.of());
        server.deploy(TestBundle.named("demo")
                .function("r = twice (x)", "r = 2 * x;")
                .function("r = count (x)", "r = numel (x);"));
        nginx = NginxProxy.start(folder.resolve("nginx"), server.port());
    }

    @AfterAll
    static void stop() throws IOException {
        if (nginx != null) {
            nginx.close();
        }
        server.close();
    }

    private static String count(String text) {
        return "{\"nargout\":1,\"rhs\":[\"" + text + "\"],\"outputFormat\":{\"mode\":\"small\"}}";
    }

    private static HttpResponse<String> call(String path, BodyPublisher body) {
        return server.send(
                withToken(path).header("Content-Type", "application/json").POST(body));
    }

    private static HttpRequest.Builder withToken(String path) {
        return nginx.request(path).header("Authorization", "Bearer " + server.token());
    }

    @Test
    void aCallWithTheTokenIsAnswered() {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = call("/demo/twice", BodyPublishers.ofString(CALL));

            assertThat(response.body()).isEqualTo("{\"lhs\":[42]}");
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCallWithoutTheTokenIsRefusedThoughNginxIsOnTheSameMachine() {
        HttpResponse<String> response = server.send(nginx.request("/demo/twice")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(CALL)));

        assertThat(server.httpError(response, 401).get("message").asText()).contains("Authorization: Bearer");
    }

    @Test
    void aBodyInChunksArrivesWithItsLength() {
        // More than nginx reads at once: of a body that is there as a whole it would know the length anyway.
        byte[] body = count("x".repeat(3_000_000)).getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> response =
                call("/demo/count", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(response.body()).isEqualTo("{\"lhs\":[3000000]}");
    }

    @Test
    void aBodyThatNginxKeepsInAFileArrives() {
        String text = "x".repeat(3 << 20);

        HttpResponse<String> response = call("/demo/count", BodyPublishers.ofString(count(text)));

        assertThat(response.body()).isEqualTo("{\"lhs\":[" + text.length() + "]}");
    }

    @Test
    void whatOpsItselfRefusesComesThroughUnchanged() {
        HttpResponse<String> response = call("/demo/thrice", BodyPublishers.ofString(CALL));

        assertThat(server.httpError(response, 404).get("messageId").asText()).isEqualTo("FunctionNotFound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/bundles",
                "/api/v1/status",
                "/api/v1",
                "/api",
                "/api/archives?ctf=demo",
                "/api/archives/",
                "//api/archives",
                "/api;x=1/archives",
                "/%61pi/archives",
                "/api/metrics",
                "/api/health/../archives",
                "/api/discovery/../v1/bundles",
                "//api/v1/bundles",
                "/api//v1/bundles",
                "/api/./v1/bundles",
                "/demo/../api/v1/bundles",
                "/%61pi/v1/bundles",
                "/api%2fv1/bundles",
                "/api/v1%2Fbundles",
                "/api;x=1/v1/bundles",
                "/api/v1;x=1/bundles",
                "/;x=1/api/v1/bundles",
                "/api/v1/jobs/../bundles",
                "/api/v1/jobs/..;/bundles",
                "/api/v1/jobs/abc/%2e%2e;/%2e%2e/bundles",
                "/api/v1/jobs/..%2fbundles",
                "/api/v1/jobs;x=1",
                "/api/v1/jobsx"
            })
    void managingIsRefusedEvenWithTheTokenHoweverThePathIsSpelt(String path) throws IOException {
        String status = statusOf("GET " + path + " HTTP/1.1\r\nHost: ops.example.org\r\nAuthorization: Bearer "
                + server.token() + "\r\nConnection: close\r\n\r\n");

        assertThat(status).matches("HTTP/1.1 40[34] .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/health", "/api/discovery", "/api/v1/jobs", "/api/v1/jobs?limit=1"})
    void callersMayAskWhatCallersNeed(String path) {
        assertThat(server.send(withToken(path)).statusCode()).isEqualTo(200);
    }

    @Test
    void managingIsStillPossibleOnTheMachineItself() {
        assertThat(server.getAsAdmin("/api/v1/bundles").statusCode()).isEqualTo(200);
        assertThat(server.send(withToken("/api/v1/bundles")).statusCode()).isEqualTo(403);
    }

    @Test
    void aBodyOverTheLimitIsRefusedBeforeItIsSent() throws IOException {
        String head = "POST /demo/twice HTTP/1.1\r\nHost: ops.example.org\r\nAuthorization: Bearer " + server.token()
                + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ";

        assertThat(statusOf(head + LIMIT + "\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue");
        String answer = answerTo(head + (LIMIT + 1) + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\r\nContent-Type: application/json\r\n");
        JsonNode error = TestServer.json(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                .get("error");
        assertThat(error.get("messageId").asText()).isEqualTo("RequestTooLarge");
        assertThat(error.get("code").asInt()).isEqualTo(413);
    }

    @Test
    void healthIsThereForAnybody() {
        HttpResponse<String> response = server.send(nginx.request("/api/health"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void aServerThatIsNotThereIsReportedAsMpsReportsErrors() throws Exception {
        try (NginxProxy lonely = NginxProxy.start(folder.resolve("lonely"), 1)) {
            HttpResponse<String> response = server.send(lonely.request("/demo/twice")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(CALL)));

            assertThat(server.httpError(response, 502).get("messageId").asText())
                    .isEqualTo("BadGateway");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "ops.conf, client_max_body_size +(\\d+)m;, 1048576",
                "httpd-ops.conf, req.'Content-Length'. -gt (\\d+), 1"
            })
    void theBodyLimitOfTheExampleIsTheServersDefault(String file, String pattern, long unit) throws IOException {
        assertThat(firstNumber(file, pattern) * unit)
                .isEqualTo(
                        DataSize.parse(defaultOf("ops.http.max-request-size")).bytes());
    }

    @ParameterizedTest
    @CsvSource({"ops.conf, proxy_read_timeout +(\\d+)s;", "httpd-ops.conf, 'ProxyPass / .* timeout=(\\d+)'"})
    void theExampleWaitsLongerThanACallMayTake(String file, String pattern) throws IOException {
        assertThat(firstNumber(file, pattern))
                .isGreaterThan(Durations.parse(defaultOf("ops.call.timeout")).toSeconds() + 10);
    }

    @ParameterizedTest
    @CsvSource({
        "ops.conf, '(?s)location \\^~ /api .*?proxy_read_timeout +(\\d+)s;'",
        "httpd-ops.conf, 'ProxyPass /api/ .* timeout=(\\d+)'"
    })
    void theExampleWaitsLongerThanAPackageMayBuild(String file, String pattern) throws IOException {
        assertThat(firstNumber(file, pattern))
                .isGreaterThan(2
                        * Durations.parse(defaultOf("ops.bundles.build-timeout"))
                                .toSeconds());
    }

    private static long firstNumber(String file, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(NginxProxy.example(file));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static String defaultOf(String setting) {
        return new SettingsCatalog(OpsServer.SETTINGS)
                .entries().stream()
                        .filter(entry -> entry.name().equals(setting))
                        .findFirst()
                        .orElseThrow()
                        .defaultValue()
                        .orElseThrow();
    }

    private static String statusOf(String request) throws IOException {
        try (Socket socket = nginx.connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\r';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return line.toString();
        }
    }

    private static String answerTo(String request) throws IOException {
        try (Socket socket = nginx.connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
