package org.octaveserver.ops.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, through the whole of the real HTTP side; calls end at a server that has no bundle, which is far enough. */
class AccessIT {
    private static final String CALL_BODY = "{\"nargout\":1,\"rhs\":[]}";
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get");

    @TempDir
    static Path directory;

    private static String token = "";
    private static String address = "";
    private static AutoCloseable server = () -> {};

    @BeforeAll
    static void start() throws IOException {
        OpsHome home = new OpsHome(directory.resolve("home"));
        OpsServer ops = OpsServer.create(home, directory, Map.of(), Map.of());
        Servers servers = new Servers(directory.resolve("tomcat"), "127.0.0.1", ops);
        server = servers;
        address = servers.address();
        token = Files.readString(home.adminToken()).strip();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Exchange send(String line, String headers) {
        return Exchange.send(address, line, headers);
    }

    private static Exchange call(String version, String headers) {
        return Exchange.send(
                address,
                "POST /nothing/f " + version + "\n" + headers + "Connection: close\nContent-Type: application/json\n"
                        + "Content-Length: " + CALL_BODY.length() + "\n\n" + CALL_BODY);
    }

    /** The bundle does not exist: whoever learns that was let in. */
    private static void assertLetIn(Exchange answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.body()).contains("ComponentNotFound");
    }

    private static void assertRefused(Exchange answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.head()).containsIgnoringCase("WWW-Authenticate: Bearer realm=\"ops\"");
        assertThat(answer.body()).contains("\"NotAuthorized\"").doesNotContain(token);
    }

    @Test
    void letsTheTokenManage() {
        Exchange answer = send("GET /api/v1/bundles", "Authorization: Bearer " + token + "\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"bundles\":[]");
        assertThat(send("GET /api/v1/bundles", "authorization: bearer  " + token + " \n")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/bundles",
                "/api/v1/bundles/",
                "/api/v1/bundles/x",
                "/api/v1/bundles?x=1",
                "/api/v1/bundles;x=1",
                "/api/v1/releases",
                "/api/v1/status",
                "//api/v1/bundles",
                "/api//v1/bundles",
                "/api/v1//bundles",
                "/api/v1/bundles//",
                "/api;x=1/v1/bundles",
                "/api;/v1;/bundles;",
                "/;/api/v1/bundles",
                "/%61pi/v1/bundles",
                "/api/%761/bundles",
                "/api/v1/bundle%73",
                "/api/v1/./bundles",
                "/./api/v1/bundles",
                "/x/../api/v1/bundles",
                "/api/v1/bundles/../bundles",
                "/api/v1/%2e/bundles",
                "/x/%2e%2e/api/v1/bundles",
                "/api/v1/..;/v1/bundles",
                "/api/v1%2fbundles",
                "/api%2fv1%2fbundles",
                "/api%5cv1%5cbundles",
                "/api\\v1\\bundles",
                "/api/v1/bundles%00",
                "/api/v1/bundles%20",
                "/api/v1/bundles.json",
                "/API/V1/BUNDLES",
                "http://localhost/api/v1/bundles",
                "http://evil.example/api/v1/bundles",
                "/%c0%af/api/v1/bundles",
                "/%ff/api/v1/bundles",
                "/api/v1/bundles%zz",
                "/api/v1/bundles?%zz",
                "/api/v1/bundles?a=%ff"
            })
    void letsNobodyManageWithoutTheToken(String path) {
        for (String method : METHODS) {
            Exchange answer = send(method + " " + path, "Content-Length: 0\n");
            assertThat(answer.status()).as(method + " " + path + " " + answer).isIn(400, 401, 404, 405, 501);
            assertThat(answer.body()).doesNotContain("\"bundles\":").doesNotContain("<html");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS"})
    void refusesTheStraightSpellingWithAReason(String method) {
        Exchange answer = send(method + " /api/v1/bundles", "Content-Length: 0\n");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head()).contains("WWW-Authenticate: Bearer").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/bundles", "/api/health", "/nothing/f"})
    void answersOptionsToTheTokenOnly(String path) {
        assertThat(send("OPTIONS " + path, "").status()).isEqualTo(401);
        Exchange answer = send("OPTIONS " + path, "Authorization: Bearer " + token + "\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).contains("Allow: ");
    }

    @Test
    void tellsEverybodyHowItIs() {
        // There is no Octave: it was not looked for.
        for (String headers : List.of("", "X-Forwarded-For: 192.0.2.1\n")) {
            Exchange answer = send("GET /api/health", headers);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.head()).doesNotContain("text/html");
            assertThat(send("HEAD /api/health", headers).status()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "LocalHost:9910", "127.0.0.1", "127.0.0.1:9910", "[::1]", "[::1]:80"})
    void takesCallsOfThisMachineByItsOwnNames(String host) {
        assertLetIn(call("HTTP/1.1", "Host: " + host + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1.evil.com",
                "localhost.evil.com",
                "evil.com",
                "evil.com:9910",
                "localhost.",
                "0.0.0.0",
                "127.1",
                "[::ffff:127.0.0.1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "192.0.2.7",
                "xn--localhost"
            })
    void refusesCallsByAnyOtherName(String host) {
        assertRefused(call("HTTP/1.1", "Host: " + host + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: localhost\nHost: evil.com\n",
                "Host: localhost,evil.com\n",
                "Host: localhost evil.com\n",
                "Host: localhost@evil.com\n",
                "Host: evil.com#localhost\n",
                "Host: localhost:x\n"
            })
    void refusesRequestsWhoseHostIsUnclear(String hosts) {
        assertThat(call("HTTP/1.1", hosts).status()).isEqualTo(400);
    }

    @Test
    void takesAnEmptyHostForNone() {
        assertRefused(call("HTTP/1.1", "Host:\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "Forwarded, for=192.0.2.1",
        "forwarded, ''",
        "X-Forwarded-For, 192.0.2.1",
        "x-forwarded-for, 127.0.0.1",
        "X-FORWARDED-FOR, ''",
        "X-Forwarded-Host, localhost",
        "X-Forwarded-Proto, https",
        "X-Forwarded-Port, 443",
        "X-Forwarded-Server, www",
        "X-Forwarded-Prefix, /ops",
        "X-Forwarded-Ssl, on",
        "X-Real-IP, 127.0.0.1",
        "Via, 1.1 proxy"
    })
    void refusesCallsThatCameThroughAProxy(String name, String value) {
        assertRefused(call("HTTP/1.1", "Host: localhost\n" + name + ": " + value + "\n"));
    }

    @Test
    void refusesHttp10AsThatOfAProxy() {
        assertRefused(call("HTTP/1.0", "Host: localhost\n"));
        assertRefused(call("HTTP/1.0", ""));
        assertLetIn(call("HTTP/1.0", "Authorization: Bearer " + token + "\n"));
    }

    @Test
    void takesTheTokenFromAnywhere() {
        assertLetIn(call(
                "HTTP/1.1",
                "Host: ops.example.com\nX-Forwarded-For: 192.0.2.1\nAuthorization: Bearer " + token + "\n"));
    }

    @Test
    void refusesAWrongTokenEvenWhereNoneIsNeeded() {
        for (String wrong : List.of("x", token + "x", token.substring(1), token + "," + token, "\"" + token + "\"")) {
            String header = "Authorization: Bearer " + wrong + "\n";
            assertRefused(call("HTTP/1.1", "Host: localhost\n" + header));
            assertRefused(send("GET /api/health", header));
        }
    }

    @Test
    void refusesTwoTokens() {
        String header = "Authorization: Bearer " + token + "\n";
        assertThat(send("GET /api/v1/status", header + header).status()).isEqualTo(401);
    }

    @Test
    void readsTheTokenFromItsHeaderOnly() {
        assertThat(send("GET /api/v1/status?access_token=" + token, "").status())
                .isEqualTo(401);
        assertThat(send("GET /api/v1/status", "Cookie: token=" + token + "\n").status())
                .isEqualTo(401);
        assertThat(send("GET /api/v1/status", "Authorization: Basic " + token + "\n")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void treatsIpv6LoopbackAsThisMachine() {
        OpsServer ops = OpsServer.create(new OpsHome(directory.resolve("six")), directory, Map.of(), Map.of());
        try (Servers six = new Servers(directory.resolve("tomcat6"), "::1", ops)) {
            assertThat(six.address()).startsWith("http://[::1]:");
            assertLetIn(Exchange.send(
                    six.address(),
                    "POST /nothing/f HTTP/1.1\nHost: [::1]\nConnection: close\nContent-Type: application/json\n"
                            + "Content-Length: 2\n\n{}"));
        }
    }

    @Test
    void needsTheTokenForCallsWhenLocalOnesAreNotTrusted() {
        OpsServer strict = OpsServer.create(
                new OpsHome(directory.resolve("strict")),
                directory,
                Map.of(),
                Map.of("ops.security.anonymous-loopback", "false"));
        try (Servers servers = new Servers(directory.resolve("tomcat-strict"), "127.0.0.1", strict)) {
            Exchange answer = Exchange.send(servers.address(), "POST /nothing/f", "Content-Length: 0\n");
            assertRefused(answer);
            assertThat(answer.body()).contains("ops.security.anonymous-loopback");
        }
    }
}
