package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What strangers send: each gets an error that says what was wrong, and the server goes on. */
class BadInputIT {
    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void deploy() {
        server = TestServer.start(folder, Map.of("ops.http.max-request-size", "1MB"));
        server.deploy(TestBundle.named("good").function("r = twice (x)", "r = 2 * x;"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void theServerGoesOn() {
        assertThat(server.call("/good/twice", 1, "[21]").get(0).asInt()).isEqualTo(42);
        assertThat(TestServer.json(server.getAsAdmin("/api/v1/bundles")).get("bundles"))
                .hasSize(1);
    }

    @Nested
    class Calls {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                        not json                                   | InvalidJSON    | Invalid JSON
                        {"nargout":1,"rhs":[1]                     | InvalidJSON    | Invalid JSON
                        [1,2]                                      | InvalidInput   | Invalid input
                        {"rhs":[1]}                                | MissingNargout | nargout missing
                        {"nargout":1}                              | MissingRHS     | rhs missing
                        {"nargout":1,"rhs":[1,[[1,2],[3]]]}        | InvalidRHS     | Invalid rhs: rhs[1]
                        {"nargout":1,"rhs":[{"mwdata":[1,2,"x"],"mwsize":[1,3],"mwtype":"double"}]} | InvalidRHS | Invalid rhs: rhs[0].mwdata[2]: expected a number, got "x"
                        {"nargout":1,"rhs":[{"mwdata":[1,2],"mwsize":[1,3],"mwtype":"double"}]} | InvalidRHS | Invalid rhs: rhs[0]
                        {"nargout":1,"rhs":[{"a":{"b":[null]}}]}   | InvalidRHS     | Invalid rhs: rhs[0].a.b[0]
                        {"nargout":1,"rhs":[1],"outputFormat":{"mode":"tiny"}} | InvalidInput | Invalid input: outputFormat.mode
                        """)
        void saysWhatIsWrongWhere(String body, String id, String message) {
            JsonNode error = server.callThatFails("/good/twice", 400, body);

            assertThat(error.get("messageId").asText()).isEqualTo(id);
            assertThat(error.get("message").asText()).startsWith(message);
        }

        @Test
        void toAnUnknownBundleSayWhatExists() {
            JsonNode error = server.callThatFails("/bad/twice", 404, "{\"nargout\":1,\"rhs\":[1]}");

            assertThat(error.get("messageId").asText()).isEqualTo("ComponentNotFound");
            assertThat(error.get("message").asText())
                    .isEqualTo("Component not found. no bundle is named \"bad\"; deployed are good");
        }

        @Test
        void toAnUnknownFunctionSayWhatExists() {
            JsonNode error = server.callThatFails("/good/thrice", 404, "{\"nargout\":1,\"rhs\":[1]}");

            assertThat(error.get("messageId").asText()).isEqualTo("FunctionNotFound");
            assertThat(error.get("message").asText()).contains("thrice").contains("it exports twice");
        }

        @Test
        void neverReachAnOctaveBuiltIn() {
            server.callThatFails("/good/system", 404, "{\"nargout\":1,\"rhs\":[\"id\"]}");
            server.callThatFails("/good/ops_worker_main", 404, "{\"nargout\":0,\"rhs\":[]}");
        }

        @Test
        void toAVersionThatIsNotDeployedSayWhichIs() {
            assertThat(server.call("/good@1.0.0/twice", 1, "[1]").get(0).asInt())
                    .isEqualTo(2);
            assertThat(server.callThatFails("/good@2.0.0/twice", 404, "{\"nargout\":1,\"rhs\":[1]}")
                            .get("message")
                            .asText())
                    .contains("1.0.0");
        }

        @Test
        void withAnotherMethodAreTold() {
            HttpResponse<String> response = server.get("/good/twice");

            assertThat(server.httpError(response, 405).get("message").asText()).startsWith("Bad Method");
            assertThat(response.headers().firstValue("Allow").orElse("")).contains("POST");
        }

        @Test
        void toAnUnknownPartOfTheApiAreToldSoWithAnyMethod() {
            assertThat(server.httpError(server.get("/api/nothing"), 404)
                            .get("messageId")
                            .asText())
                    .isEqualTo("ResourceNotFound");
            server.callThatFails("/api/nothing", 404, "{\"nargout\":1,\"rhs\":[]}");
            assertThat(server.httpError(server.get("/api;x=1/nothing"), 404)
                            .get("messageId")
                            .asText())
                    .isEqualTo("ResourceNotFound");
            assertThat(TestServer.json(server.getAsAdmin("/api;x=1/v1/bundles/none/no"))
                            .get("code")
                            .asText())
                    .isEqualTo("RESOURCE_NOT_FOUND");
        }

        @Test
        void toAPathOfAnotherFormAreTold() {
            assertThat(server.callThatFails("/good", 404, "{}").get("message").asText())
                    .startsWith("URI-path not of form '/APPLICATION/FUNCTION'");
            server.callThatFails("/good/twice/more", 404, "{}");
        }

        @Test
        void ofAnotherMediaTypeAreTold() {
            HttpResponse<String> response = server.send(server.request("/good/twice")
                    .header("Content-Type", "application/x-google-protobuf")
                    .POST(BodyPublishers.ofString("x")));

            assertThat(server.httpError(response, 415).get("message").asText())
                    .startsWith("application/x-google-protobuf is not an accepted content type");
        }

        @Test
        void inChunksAreTold() {
            HttpResponse<String> response = server.send(server.request("/good/twice")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofInputStream(() -> InputStream.nullInputStream())));

            assertThat(server.httpError(response, 411).get("message").asText()).startsWith("Content-length missing");
        }

        @Test
        void largerThanTheLimitNameTheSetting() {
            String body = "{\"nargout\":1,\"rhs\":[\"" + "x".repeat(1 << 20) + "\"]}";

            assertThat(server.callThatFails("/good/twice", 413, body)
                            .get("message")
                            .asText())
                    .contains("ops.http.max-request-size");
        }

        @Test
        void thatBreakOffInTheMiddleHarmNobody() throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("POST /good/twice HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: 1000\r\n\r\n{\"nargout\":1,")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    @Nested
    class Archives {
        @Test
        void withAnEntryThatLeavesTheBundleAreRefusedByName() throws IOException {
            assertThat(refused(tar("../evil.m", TarConstants.LF_NORMAL))).contains("../evil.m");
            assertThat(refused(tar("/etc/evil.m", TarConstants.LF_NORMAL))).contains("/etc/evil.m");
        }

        @Test
        void withALinkAreRefusedByName() throws IOException {
            assertThat(refused(tar("link.m", TarConstants.LF_SYMLINK))).contains("link.m");
            assertThat(refused(tar("hard.m", TarConstants.LF_LINK))).contains("hard.m");
        }

        @Test
        void thatAreTruncatedAreRefused() throws IOException {
            byte[] whole = tar("f.m", TarConstants.LF_NORMAL);

            assertThat(refused(Arrays.copyOf(whole, whole.length / 2))).isNotBlank();
            assertThat(refused(Arrays.copyOf(
                            TestBundle.named("x").function("f ()", "").zip(), 60)))
                    .isNotBlank();
        }

        @Test
        void withoutAByteAreRefused() {
            assertThat(refused(new byte[0])).contains("empty");
        }

        @Test
        void thatAreNoneAreRefused() {
            assertThat(refused("hello, world".getBytes(StandardCharsets.UTF_8))).contains("gzip", "zip");
        }

        @Test
        void withoutAFunctionAreRefused() {
            assertThat(refused(TestBundle.named("empty")
                            .file("README.md", "nothing here")
                            .zip()))
                    .contains("function");
            assertThat(refused(TestBundle.named("script")
                            .file("run.m", "x = 1;\ny = 2;\n")
                            .zip()))
                    .contains("function");
        }

        @Test
        void withASyntaxErrorAreRefusedWithFileAndLine() {
            byte[] archive = TestBundle.named("broken")
                    .function("r = fine ()", "r = 1;")
                    .file("oops.m", "function oops ()\n  x = 1;\n  y = = 2;\nendfunction\n")
                    .zip();

            assertThat(refused(archive)).contains("oops.m:3", "syntax error");
        }

        @Test
        void thatHideWhatTheWorkerNeedsAreRefusedByName() {
            byte[] archive = TestBundle.named("hiding")
                    .function("r = typecast (x, y)", "r = x;")
                    .zip();

            assertThat(refused(archive)).contains("typecast.m", "hides Octave's own function");
        }

        @Test
        void whosePkgAddFailsAreRefused() {
            byte[] failing = TestBundle.named("failing")
                    .file("inst/f.m", "function f ()\nendfunction\n")
                    .file("PKG_ADD", "exit (9);\n")
                    .zip();

            assertThat(refused(failing)).contains("PKG_ADD");
        }

        @Test
        void thatNameNoBundleAreRefused() {
            byte[] nameless = new TestBundle().function("r = f ()", "r = 1;").zip();

            assertThat(refused(nameless)).contains("ops.json", "name");
            assertThat(refused(TestBundle.named("api").function("f ()", "").zip()))
                    .contains("reserved");
        }

        @Test
        void thatAskForAnExportThatIsNotThereAreRefused() {
            byte[] archive = TestBundle.named("wrong", "1.0.0", ",\"exports\":[\"g\"]")
                    .function("r = f ()", "r = 1;")
                    .zip();

            assertThat(refused(archive)).contains("names g", "it has f");
        }

        @Test
        void withWhatOnlyAPackageWouldHaveCompiledAreRefused() {
            byte[] archive = TestBundle.named("compiled")
                    .file("inst/f.m", "function f ()\nendfunction\n")
                    .file("src/Makefile", "all:\n")
                    .zip();

            assertThat(refused(archive)).contains("src/Makefile", "needs compiling", "DESCRIPTION");
        }

        private String refused(byte[] archive) {
            JsonNode problem = server.deployRefused(archive, 400);
            assertThat(problem.get("status").asInt()).isEqualTo(400);
            assertThat(problem.get("code").asText()).matches("INVALID_(ARCHIVE|BUNDLE)");
            return problem.get("detail").asText();
        }

        private static byte[] tar(String name, byte type) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream gzip = new GzipCompressorOutputStream(bytes);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
                byte[] content = "function f ()\nendfunction\n".getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
                if (type == TarConstants.LF_NORMAL) {
                    entry.setSize(content.length);
                } else {
                    entry.setLinkName("/etc/passwd");
                }
                tar.putArchiveEntry(entry);
                tar.write(content, 0, (int) entry.getSize());
                tar.closeArchiveEntry();
            }
            return bytes.toByteArray();
        }
    }
}
