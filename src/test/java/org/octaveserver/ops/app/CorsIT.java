package org.octaveserver.ops.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.settings.SettingsException;

/** Which web pages may use a server, through the whole of the real HTTP side. */
class CorsIT {
    private static final String GOOD = "https://a.example";
    private static final String EVIL = "https://evil.example";

    @TempDir
    static Path directory;

    private static Servers off;
    private static Servers some;
    private static Servers all;
    private static String token = "";

    private static Servers start(String name, Map<String, String> settings) {
        OpsServer ops = OpsServer.create(new OpsHome(directory.resolve(name)), directory, Map.of(), settings);
        return new Servers(directory.resolve(name + "-tomcat"), "127.0.0.1", ops);
    }

    @BeforeAll
    static void start() throws IOException {
        off = start("off", Map.of());
        some = start("some", Map.of("ops.http.cors-allowed-origins", GOOD + ", http://localhost:3000"));
        all = start("all", Map.of("ops.http.cors-allowed-origins", "*"));
        token = Files.readString(directory.resolve("some/conf/admin-token")).strip();
    }

    @AfterAll
    static void stop() {
        off.close();
        some.close();
        all.close();
    }

    private static Exchange send(Servers server, String line, String headers) {
        return Exchange.send(server.address(), line, headers);
    }

    private static Exchange call(Servers server, String headers) {
        String body = "{\"nargout\":1,\"rhs\":[]}";
        return Exchange.send(
                server.address(),
                "POST /nothing/f HTTP/1.1\nHost: localhost\nConnection: close\nContent-Type: application/json\n"
                        + "Content-Length: " + body.length() + "\n" + headers + "\n" + body);
    }

    private static String preflight(String origin) {
        return "Origin: " + origin + "\nAccess-Control-Request-Method: POST\n"
                + "Access-Control-Request-Headers: content-type\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing/f", "/", "/api/health", "/api/v1/bundles", "/a/b/c/d", "/~x/requests"})
    void answersThePreflightOfAnAllowedOriginBeforeAnythingElse(String path) {
        Exchange answer = send(some, "OPTIONS " + path, preflight(GOOD));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.head())
                .contains("Access-Control-Allow-Origin: " + GOOD)
                .contains("Access-Control-Allow-Methods: GET, POST, PUT, DELETE, OPTIONS")
                .contains(
                        "Access-Control-Allow-Headers: Content-Type, Authorization, OPS-Isolation, OPS-Figures, Priority")
                .contains("Access-Control-Max-Age: 600")
                .contains("Vary: Origin");
    }

    @Test
    void answersTheStarToAllOrigins() {
        assertThat(send(all, "OPTIONS /nothing/f", preflight(EVIL)).head()).contains("Access-Control-Allow-Origin: *");
        assertThat(call(all, "Origin: null\n").head()).contains("Access-Control-Allow-Origin: *");
        assertThat(call(all, "Origin: null\n").status()).isEqualTo(404);
        assertThat(call(all, "").head()).doesNotContain("Access-Control-");
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "null", "https://a.example.evil.example", "http://a.example", "x\nOrigin: " + GOOD})
    void tellsNothingToOtherOrigins(String origin) {
        Exchange preflight = send(some, "OPTIONS /nothing/f", preflight(origin));
        assertThat(preflight.status()).isEqualTo(401);
        assertThat(preflight.head()).doesNotContain("Access-Control-").contains("Vary: Origin");
        assertThat(call(some, "Origin: " + origin + "\n").head()).doesNotContain("Access-Control-");
    }

    @Test
    void tellsNothingToAnybodyWhenItIsOff() {
        Exchange preflight = send(off, "OPTIONS /nothing/f", preflight(GOOD));
        assertThat(preflight.status()).isEqualTo(401);
        assertThat(preflight.head()).doesNotContain("Access-Control-").doesNotContain("Vary");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/health, 503",
        "GET /nothing, 404",
        "GET /nothing/f, 405",
        "POST /nothing/f, 404",
        "GET /api/v1/status, 401",
        "OPTIONS /nothing/f, 401"
    })
    void marksResponsesOfEveryKind(String line, int status) {
        Exchange answer = send(some, line, "Origin: " + GOOD + "\nContent-Length: 0\n");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.head())
                .containsOnlyOnce("Access-Control-Allow-Origin: " + GOOD)
                .containsOnlyOnce("Access-Control-Expose-Headers: ")
                .containsOnlyOnce("Vary: Origin");
    }

    @Test
    void marksWhatTheSafetyNetAnswers() {
        Exchange answer = send(some, "GET /api/health", "Origin: " + GOOD + "\nAccept: ;;;\n");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("httperror");
        assertThat(answer.head()).containsOnlyOnce("Access-Control-Allow-Origin: " + GOOD);
    }

    @Test
    void letsPagesOfAllowedOriginsManageWithTheToken() {
        String headers = "Origin: " + GOOD + "\nAuthorization: Bearer " + token + "\n";
        Exchange answer = send(some, "GET /api/v1/bundles", headers);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).contains("Access-Control-Allow-Origin: " + GOOD);
    }

    /** 404 is that of a call that was let in: there is no such bundle. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "off  | Origin: https://evil.example | 401",
                "off  | Origin: null | 401",
                "off  | Origin: http://127.0.0.1:PORT | 401",
                "off  | Origin: http://localhost | 401",
                "off  | Origin: http://localhost:PORT | 404",
                "off  | Origin: HTTP://LOCALHOST:PORT | 404",
                "off  | Sec-Fetch-Site: cross-site | 401",
                "off  | Sec-Fetch-Site: same-site | 401",
                "off  | Sec-Fetch-Site: anything-new | 401",
                "off  | Sec-Fetch-Site: same-origin | 404",
                "off  | Sec-Fetch-Site: none | 404",
                "off  | X-Nothing: 1 | 404",
                "some | Origin: https://a.example | 404",
                "some | Origin: http://localhost:3000 | 404",
                "some | Origin: https://evil.example | 401",
                "some | Sec-Fetch-Site: cross-site | 401",
                "all  | Origin: https://evil.example | 404",
                "all  | Sec-Fetch-Site: cross-site | 404"
            })
    void keepsForeignPagesFromCallsWithoutAToken(String which, String header, int status) {
        Servers server =
                requireNonNull(Map.of("off", off, "some", some, "all", all).get(which.strip()));
        String port = server.address().substring(server.address().lastIndexOf(':') + 1);
        Exchange answer = Exchange.send(
                server.address(),
                "POST /nothing/f HTTP/1.1\nHost: localhost:" + port + "\nConnection: close\n"
                        + "Content-Type: application/json\nContent-Length: 2\n"
                        + header.replace("PORT", port) + "\n\n{}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    }

    @Test
    void letsPagesWithTheTokenInWhereverTheyAreFrom() {
        assertThat(call(some, "Origin: " + EVIL + "\nAuthorization: Bearer " + token + "\n")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refusesToStartWithWhatIsNoOrigin() {
        assertThatThrownBy(() -> start("wrong", Map.of("ops.http.cors-allowed-origins", "a.example")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("ops.http.cors-allowed-origins: \"a.example\" is no origin");
    }
}
