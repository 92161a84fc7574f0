package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Static files of bundles and of the server, and how they and web handlers look to pages of other origins. */
class StaticFilesIT {
    private static final String GOOD = "https://a.example";
    private static final int LARGE = 3_000_000;

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        Path conf = Files.createDirectories(folder.resolve("home/conf"));
        Path pages = Files.createDirectories(folder.resolve("home/pages"));
        Files.writeString(pages.resolve("index.html"), "<h1>pages</h1>");
        Files.write(pages.resolve("large.bin"), new byte[LARGE]);
        Files.writeString(pages.resolve(".htaccess"), "hidden");
        Files.writeString(folder.resolve("home/secret.txt"), "secret");
        Files.createSymbolicLink(pages.resolve("link.txt"), folder.resolve("home/secret.txt"));
        Files.createDirectories(pages.resolve("sub dir"));
        Files.writeString(pages.resolve("sub dir/index.html"), "sub");
        Files.writeString(conf.resolve("routes.json"), """
                {"version":"1.0.0",
                 "pathmap":[{"match":"^/pages(?:/(.*))?$","staticfiles":{"folder":"../pages"}}]}
                """);
        server = TestServer.start(
                folder, Map.of("ops.http.routes-file", "routes.json", "ops.http.cors-allowed-origins", GOOD));
        server.deploy(bundle("1.0.0", "first"));
    }

    private static TestBundle bundle(String version, String text) {
        return TestBundle.named("demo", version, "")
                .file("routes.json", """
                        {"version":"1.0.0",
                         "pathmap":[{"match":"^/open$","webhandler":{"function":"opens"}},
                                    {"match":"^/(.*)$","staticfiles":{"folder":"web/public"}}]}
                        """)
                .file("web/public/index.html", "<p>" + text + "</p>")
                .file("web/public/a.css", "p{}")
                .file("web/public/data.json", "{}")
                .file("web/public/gr\u00fcn.txt", "\u00fc")
                .file("web/public/x.unknown", "?")
                .file("web/secret.txt", "secret")
                .function(
                        "resp = opens (req)",
                        "resp.Headers = {\"Access-Control-Allow-Origin\", \"*\"; \"Vary\", \"Accept\"};",
                        "resp.Body = \"opened\";");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawHttp get(String path, String... headers) {
        return RawHttp.send(server, "GET " + path, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "/demo/, text/html;charset=utf-8, <p>first</p>",
        "/demo/index.html, text/html;charset=utf-8, <p>first</p>",
        "/demo@1.0.0/index.html, text/html;charset=utf-8, <p>first</p>",
        "/demo/a.css, text/css;charset=utf-8, p{}",
        "/demo/a.css?v=3, text/css;charset=utf-8, p{}",
        "/demo/data.json, application/json, {}",
        "/demo/x.unknown, application/octet-stream, ?",
        "/pages/, text/html;charset=utf-8, <h1>pages</h1>",
        "/pages/sub%20dir/, text/html;charset=utf-8, sub"
    })
    void servesFilesWithTheirTypes(String path, String type, String body) {
        RawHttp answer = get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.values("Content-Type")).containsExactly(type);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.values("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.values("Cache-Control")).containsExactly("no-cache");
        assertThat(answer.values("Last-Modified").get(0))
                .matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    }

    @Test
    void servesNamesBeyondAscii() {
        assertThat(server.get("/demo/gr%C3%BCn.txt").body()).isEqualTo("\u00fc");
    }

    @ParameterizedTest
    @CsvSource({"/demo, ./demo/", "/pages, ./pages/", "/pages/sub%20dir, ./sub%20dir/"})
    void leadsToTheSlashOfADirectory(String path, String location) {
        RawHttp answer = get(path);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.values("Location")).containsExactly(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/demo/../secret.txt",
                "/demo/%2e%2e/secret.txt",
                "/demo/..%2fsecret.txt",
                "/demo/..;/secret.txt",
                "/demo/x/../../secret.txt",
                "/demo/%252e%252e/secret.txt",
                "/demo/..%5csecret.txt",
                "/demo/..\\secret.txt",
                "/demo//etc/passwd",
                "/demo/%2fetc/passwd",
                "/demo/secret.txt",
                "/demo/index.html/",
                "/demo/index.html%00",
                "/demo/%c0%ae%c0%ae/secret.txt",
                "/pages/../secret.txt",
                "/pages/%2e%2e/secret.txt",
                "/pages/..;x=y/secret.txt",
                "/pages/.htaccess",
                "/pages/%2ehtaccess",
                "/pages/link.txt",
                "/pages/../conf/admin-token",
                "/pages/nosuch"
            })
    void givesOutNothingElse(String path) {
        RawHttp answer = get(path);
        assertThat(answer.status()).as(answer.toString()).isIn(400, 404, 405);
        assertThat(answer.body())
                .doesNotContain("secret\n")
                .isNotEqualTo("secret")
                .doesNotContain("hidden")
                .doesNotContain("root:")
                .doesNotContain(server.token());
    }

    @Test
    void saysThatAFileIsMissing() {
        HttpResponse<String> answer = server.get("/demo/nosuch.html");
        assertThat(server.httpError(answer, 404).get("messageId").asText()).isEqualTo("FileNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"})
    void takesOnlyGetAndHead(String method) {
        RawHttp answer = RawHttp.send(server, method + " /demo/index.html", "Content-Length: 0");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.values("Allow").get(0).split(", *")).containsExactlyInAnyOrder("GET", "HEAD");
        assertThat(answer.body()).contains(method + " is not allowed here; allowed: GET, HEAD");
    }

    @Test
    void answersHeadAsGetWithoutTheBody() {
        for (String path : new String[] {"/demo/index.html", "/pages/large.bin"}) {
            RawHttp get = get(path);
            RawHttp head = RawHttp.send(server, "HEAD " + path);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String name : new String[] {"Content-Length", "Content-Type", "ETag", "Last-Modified"}) {
                assertThat(head.values(name)).hasSize(1).isEqualTo(get.values(name));
            }
        }
    }

    @Test
    void streamsALargeFileAndParts() {
        assertThat(get("/pages/large.bin").body()).hasSize(LARGE);
        RawHttp part = get("/pages/large.bin", "Range: bytes=10-2000009");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.values("Content-Range")).containsExactly("bytes 10-2000009/" + LARGE);
        assertThat(part.body()).hasSize(2_000_000);
        assertThat(get("/demo/index.html", "Range: bytes=-4").body()).isEqualTo("</p>");
        RawHttp beyond = get("/demo/a.css", "Range: bytes=3-");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.values("Content-Range")).containsExactly("bytes */3");
        assertThat(get("/demo/a.css", "Range: bytes=0-0,2-2").body()).isEqualTo("p{}");
    }

    @Test
    void sendsAPartOnlyOfWhatTheClientKnows() {
        String tag = get("/demo/a.css").values("ETag").get(0);
        assertThat(get("/demo/a.css", "Range: bytes=0-0", "If-Range: " + tag).status())
                .isEqualTo(206);
        assertThat(get("/demo/a.css", "Range: bytes=0-0", "If-Range: \"other\"").status())
                .isEqualTo(200);
    }

    @Test
    void sendsNothingAgainThatTheClientHas() throws IOException {
        String tag = get("/demo/index.html").values("ETag").get(0);
        assertThat(tag).matches("\"[^\"]+\"");
        for (String known : new String[] {tag, "\"x\", W/" + tag, "*"}) {
            RawHttp again = get("/demo/index.html", "If-None-Match: " + known);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.values("ETag")).containsExactly(tag);
        }
        assertThat(get("/demo/index.html", "If-None-Match: \"x\"").status()).isEqualTo(200);

        Path page = folder.resolve("home/pages/index.html");
        String before = get("/pages/").values("ETag").get(0);
        Files.setLastModifiedTime(page, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
        RawHttp after = get("/pages/", "If-None-Match: " + before);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.values("Last-Modified")).containsExactly("Sun, 02 Feb 2020 02:02:02 GMT");
    }

    @Test
    void servesTheFilesOfTheReleaseThatCounts() {
        server.deploy(bundle("1.0.0", "one").file("ops.json", "{\"name\":\"moving\",\"version\":\"1.0.0\"}"));
        String tag = get("/moving/").values("ETag").get(0);
        server.deploy(bundle("2.0.0", "two").file("ops.json", "{\"name\":\"moving\",\"version\":\"2.0.0\"}"));
        RawHttp answer = get("/moving/", "If-None-Match: " + tag);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("<p>two</p>");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin: https://evil.example, 401",
        "Origin: https://a.example, 200",
        "Sec-Fetch-Site: cross-site, 401",
        "X-Forwarded-For: 192.0.2.1, 401"
    })
    void areReadByWhoMayCall(String header, int status) {
        for (String path : new String[] {"/demo/index.html", "/pages/"}) {
            assertThat(get(path, header).status()).isEqualTo(status);
        }
    }

    @Test
    void leavesCorsToTheServerWhenItIsOn() {
        RawHttp good = get("/demo/open", "Origin: " + GOOD);
        assertThat(good.body()).isEqualTo("opened");
        assertThat(good.values("Access-Control-Allow-Origin")).containsExactly(GOOD);
        assertThat(good.values("Vary")).containsExactlyInAnyOrder("Origin", "Accept");
        RawHttp evil = get("/demo/open", "Origin: https://evil.example", "Authorization: Bearer " + server.token());
        assertThat(evil.status()).isEqualTo(200);
        assertThat(evil.values("Access-Control-Allow-Origin")).isEmpty();
    }
}
