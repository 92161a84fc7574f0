package org.octaveserver.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementCommandsTest {
    private static final String DEPLOYED =
            "{\"number\":3,\"previous\":2,\"changed\":true,\"dryRun\":false,\"deployed\":["
                    + "{\"file\":\"x\",\"name\":\"f\",\"version\":\"1.0\",\"exports\":[\"g\",\"h\"],\"later\":{}}]}";

    @TempDir
    private Path temp;

    private FakeServer server;
    private Surroundings surroundings;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        surroundings = new Surroundings(Map.of("OPS_SERVER", server.address(), "OPS_TOKEN", "secret"), temp);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Ran ops(String... args) {
        return Ran.ops(surroundings, args);
    }

    @Nested
    class Deploy {
        @Test
        void uploadsAFileAsItIs() throws IOException {
            server.answers(201, DEPLOYED);
            Path file = Files.writeString(temp.resolve("my-code-1.2.tar.gz"), "archive");
            assertThat(ops("deploy", "--reason", "it \"is\" time", file.toString()))
                    .isEqualTo(new Ran(0, "f 1.0 deployed in release 3: g, h" + System.lineSeparator(), ""));
            FakeServer.Request request = server.onlyRequest();
            assertThat(request.method() + " " + request.target()).isEqualTo("POST /api/v1/releases?dryRun=false");
            assertThat(request.type().orElseThrow()).startsWith("multipart/form-data; boundary=");
            String boundary = request.type().orElseThrow().replaceFirst(".*boundary=", "");
            assertThat(request.text())
                    .startsWith("--" + boundary + "\r\nContent-Disposition: form-data; name=\"changes\"\r\n")
                    .contains("{\"reason\":\"it \\\"is\\\" time\",\"changes\":[{\"deploy\":\"" + file
                            + "\",\"default\":true,\"replace\":false,\"name\":\"my-code\"}]}")
                    .contains("; name=\"file\"; filename=\"" + file + "\"\r\n")
                    .contains("\r\n\r\narchive\r\n--")
                    .endsWith("\r\n--" + boundary + "--\r\n");
            assertThat(request.length())
                    .contains(Integer.toString(request.bytes().length()));
            assertThat(request.token()).contains("Bearer secret");
            assertThat(request.ifMatch()).isEmpty();
        }

        @Test
        void packsADirectoryOnTheFly() throws IOException {
            server.answers(200, DEPLOYED.replace("\"changed\":true", "\"changed\":false"));
            Files.createDirectory(temp.resolve("code"));
            Files.writeString(temp.resolve("code/g.m"), "");
            Ran ran = ops("deploy", "--replace", temp.resolve("code").toString());
            assertThat(ran.out()).startsWith("f 1.0 is unchanged, deployed in release 3");
            assertThat(server.onlyRequest().bytes())
                    .contains("\r\n\r\n\u001f\u008b")
                    .contains("\"replace\":true,\"name\":\"code\"");
        }

        @Test
        void deploysManyInOneRequest() throws IOException {
            server.answers(200, DEPLOYED.replace("\"dryRun\":false", "\"dryRun\":true"));
            Path one = Files.writeString(temp.resolve("one.zip"), "1");
            Path two = Files.writeString(temp.resolve("two.zip"), "2");
            Ran ran = ops("deploy", "--dry-run", "--if-release", "7", "--no-default", one.toString(), two.toString());
            assertThat(ran.out()).startsWith("f 1.0 would be deployed in release 3");
            FakeServer.Request request = server.onlyRequest();
            assertThat(request.target()).isEqualTo("/api/v1/releases?dryRun=true");
            assertThat(request.ifMatch()).contains("\"7\"");
            assertThat(request.text()).contains("one.zip\",\"default\":false").contains("two.zip\",\"default\":false");
        }

        @Test
        void namesTheRuntimeWhereThereAreSeveral() throws IOException {
            String one = DEPLOYED.replace("\"version\":", "\"runtime\":\"octave-9\",\"version\":")
                    .replace("\"deployed\":[", "\"runtimes\":[\"octave-9\"],\"deployed\":[");
            server.answers(200, one.replace("[\"octave-9\"]", "[\"octave-9\",\"default\"]"));
            Path file = Files.writeString(temp.resolve("f.zip"), "x");
            assertThat(ops("deploy", "--runtime", "octave-9", file.toString()).out())
                    .startsWith("f 1.0 deployed in release 3 on octave-9: g");
            assertThat(server.onlyRequest().text()).contains("\"runtime\":\"octave-9\"");
            server.answers(200, one);
            assertThat(ops("deploy", file.toString()).out()).startsWith("f 1.0 deployed in release 3: g");
        }

        @Test
        void sendsNothingWhenOneIsMissing() throws IOException {
            Path file = Files.writeString(temp.resolve("f.zip"), "x");
            assertThat(ops("deploy", file.toString(), temp.resolve("none").toString())
                            .status())
                    .isEqualTo(2);
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void tellsTheRefusal() throws IOException {
            server.answers(409, "{\"title\":\"Conflict\",\"status\":409,\"detail\":\"f 1.0 has digest ab\"}");
            Path file = Files.writeString(temp.resolve("f.zip"), "x");
            Ran ran = ops("deploy", file.toString());
            assertThat(ran).isEqualTo(new Ran(1, "", "error: f 1.0 has digest ab" + System.lineSeparator()));
            assertThat(server.requests()).hasSize(1);
        }

        @Test
        void saysWhichFileIsMissing() {
            Ran ran = ops("deploy", temp.resolve("none.zip").toString());
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.err()).contains("none.zip");
            assertThat(server.requests()).isEmpty();
        }

        @Test
        void refusesADirectoryThatHoldsNoCode() throws IOException {
            Files.createDirectory(temp.resolve("empty"));
            Ran ran = ops("deploy", temp.resolve("empty").toString());
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.err()).contains("holds no .m file");
        }

        @ParameterizedTest
        @CsvSource({
            "code.tar.gz,code",
            "code.TGZ,code",
            "code.zip,code",
            "a-b-1.0.zip,a-b",
            "a-1.2.3-rc1.tgz,a",
            "x,x",
            "v2-tool.zip,v2-tool"
        })
        void namesABundleAfterItsFile(String file, String name) {
            assertThat(BundleSources.defaultName(Path.of("/d-1", file))).isEqualTo(name);
        }
    }

    @Nested
    class OtherChanges {
        @Test
        void undeploysSeveralAtOnce() {
            server.answers(201, "{\"number\":4}");
            assertThat(ops("undeploy", "a", "b@1.0", "--reason", "old", "--if-release", "3")
                            .out())
                    .isEqualTo("a is not in release 4 any more%nb@1.0 is not in release 4 any more%n".formatted());
            FakeServer.Request request = server.onlyRequest();
            assertThat(request.method() + " " + request.target()).isEqualTo("POST /api/v1/releases?dryRun=false");
            assertThat(request.text())
                    .isEqualTo("{\"reason\":\"old\",\"changes\":[{\"retire\":\"a\"},{\"retire\":\"b@1.0\"}]}");
            assertThat(request.ifMatch()).contains("\"3\"");
        }

        @Test
        void choosesDefaults() {
            server.answers(200, "{\"number\":4}");
            assertThat(ops("default", "a@1.0", "--dry-run").out().strip())
                    .isEqualTo("a@1.0 would be the default in release 4");
            FakeServer.Request request = server.onlyRequest();
            assertThat(request.method() + " " + request.target()).isEqualTo("POST /api/v1/releases?dryRun=true");
            assertThat(request.text()).isEqualTo("{\"reason\":\"\",\"changes\":[{\"makeDefault\":\"a@1.0\"}]}");
        }
    }

    @Nested
    class ListOfBundles {
        private static final String BUNDLES = "{\"release\":3,\"bundles\":[{\"name\":\"magic\",\"versions\":["
                + "{\"version\":\"0.9.0\",\"digest\":\"aa\",\"default\":false,\"exports\":[\"f\"],\"deployed\":\"y\"},"
                + "{\"version\":\"1.0.0\",\"default\":true,"
                + "\"digest\":\"0123456789abcdef\",\"exports\":[\"f\",\"g\"],\"deployed\":\"2026-01-01T00:00:00Z\"}]},"
                + "{\"name\":\"b\",\"versions\":[{\"version\":\"2\",\"digest\":\"ff\",\"default\":true,\"exports\":[],"
                + "\"deployed\":\"x\"}]}]}";

        @Test
        void isATable() {
            server.answers(200, BUNDLES);
            assertThat(ops("list").out().lines())
                    .containsExactly(
                            "NAME   VERSION  DIGEST        DEPLOYED              FUNCTIONS",
                            "magic  0.9.0    aa            y                     f",
                            "magic  1.0.0 *  0123456789ab  2026-01-01T00:00:00Z  f, g",
                            "b      2        ff            x",
                            "release 3");
        }

        @Test
        void hasAColumnForRuntimesWhereItMatters() {
            String on = BUNDLES.replace("\"digest\":\"ff\"", "\"runtime\":\"octave-9\",\"digest\":\"ff\"");
            String[] expected = {
                "NAME   VERSION  RUNTIME   DIGEST        DEPLOYED              FUNCTIONS",
                "magic  0.9.0    default   aa            y                     f",
                "magic  1.0.0 *  default   0123456789ab  2026-01-01T00:00:00Z  f, g",
                "b      2        octave-9  ff            x",
                "release 3"
            };
            server.answers(200, on.replace("\"bundles\"", "\"runtimes\":[\"default\"],\"bundles\""));
            assertThat(ops("list").out().lines()).containsExactly(expected);
            server.answers(200, on.replace("\"bundles\"", "\"runtimes\":[\"default\",\"octave-9\"],\"bundles\""));
            assertThat(ops("list").out().lines()).containsExactly(expected);
            server.answers(
                    200,
                    on.replace("\"bundles\"", "\"runtimes\":[\"octave-9\"],\"bundles\"")
                            .replace("\"digest\":\"aa\"", "\"runtime\":\"octave-9\",\"digest\":\"aa\""));
            assertThat(ops("list").out()).doesNotContain("RUNTIME");
        }

        @Test
        void isOnlyNamesForScripts() {
            server.answers(200, BUNDLES);
            assertThat(ops("list", "--names").out().lines()).containsExactly("magic", "b");
        }

        @Test
        void saysHowToDeployWhenItIsEmpty() {
            server.answers(200, "{\"release\":0,\"bundles\":[]}");
            assertThat(ops("list").out()).contains("ops deploy");
            assertThat(ops("list", "--names").out()).isEmpty();
        }
    }

    @Test
    void showsTheStatusWithWhatIsWrong() {
        server.answers(
                200,
                "{\"version\":\"0.1.0\",\"home\":\"/h\",\"release\":3,\"bundles\":1,\"runtimes\":["
                        + "{\"id\":\"default\",\"command\":\"octave-cli\",\"state\":\"READY\",\"version\":\"7.3.0\",\"packages\":2},"
                        + "{\"id\":\"new\",\"command\":\"/o\",\"state\":\"UNAVAILABLE\",\"problem\":\"no such file\"}],"
                        + "\"workers\":{\"limit\":4,\"running\":3,\"busy\":1,\"waiting\":0}}");
        assertThat(ops("status").out().lines())
                .containsExactly(
                        "server   OPS 0.1.0 at " + server.address(),
                        "home     /h",
                        "release  3 with 1 bundle",
                        "runtime  default (octave-cli): Octave 7.3.0, 2 packages",
                        "runtime  new (/o): UNAVAILABLE: no such file",
                        "workers  3 of at most 4 running, 1 busy, 0 calls waiting");
    }

    @Nested
    class Check {
        @Test
        void asksTheServerForADryRun() throws IOException {
            server.answers(200, DEPLOYED);
            Files.createDirectory(temp.resolve("code"));
            Files.writeString(temp.resolve("code/g.m"), "");
            Ran ran = ops("bundle", "--check", temp.resolve("code").toString());
            assertThat(ran.out()).contains("can be packed").contains("can be deployed");
            assertThat(server.onlyRequest().target()).isEqualTo("/api/v1/releases?dryRun=true");
            assertThat(temp.resolve("code-0.0.0.tar.gz")).doesNotExist();
        }

        @Test
        void tellsWhatTheServerRefuses() throws IOException {
            server.answers(400, "{\"detail\":\"g.m:1: parse error\"}");
            Files.createDirectory(temp.resolve("code"));
            Files.writeString(temp.resolve("code/g.m"), "(");
            Ran ran = ops("bundle", "--check", temp.resolve("code").toString());
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).contains("g.m:1: parse error");
        }

        @Test
        void saysWhenNoServerWasAsked() throws IOException {
            Files.createDirectory(temp.resolve("code"));
            Files.writeString(temp.resolve("code/g.m"), "");
            Ran ran = Ran.ops(
                    new Surroundings(Map.of(), temp),
                    "bundle",
                    "--check",
                    temp.resolve("code").toString());
            assertThat(ran.status()).isZero();
            assertThat(ran.out()).contains("can be packed").contains("no server was asked");
            Files.createDirectory(temp.resolve("empty"));
            assertThat(ops("bundle", "--check", temp.resolve("empty").toString())
                            .status())
                    .isEqualTo(2);
        }
    }

    @Nested
    class Failures {
        @Test
        void sayWhereTheTokenCameFrom() {
            server.answers(401, "{\"detail\":\"the token is not known\"}");
            Ran ran = ops("list");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).contains("the token is not known").contains("taken from OPS_TOKEN");
        }

        @Test
        void sayWhereATokenWasLookedFor() {
            server.answers(401, "{\"detail\":\"a token is needed\"}");
            Ran ran = Ran.ops(new Surroundings(Map.of(), temp), "list", "--server", server.address());
            assertThat(ran.err())
                    .contains("--token-file, OPS_TOKEN")
                    .contains(temp.resolve("conf/admin-token").toString());
        }

        @Test
        void nameTheAddressWhereNobodyAnswers() {
            String address = server.address();
            server.close();
            Ran ran = ops("list");
            assertThat(ran.status()).isEqualTo(3);
            assertThat(ran.err()).contains(address).contains("ops start").contains("--server");
        }

        @Test
        void tellASlowServerFromNone() throws IOException {
            try (java.net.ServerSocket silent = new java.net.ServerSocket(0)) {
                Ran ran = ops("list", "--server", "http://127.0.0.1:" + silent.getLocalPort(), "--timeout", "1");
                assertThat(ran.status()).isEqualTo(3);
                assertThat(ran.err()).contains("did not answer within 1 s").contains("--timeout");
            }
        }

        @Test
        void doubtThatAPageIsFromOps() {
            server.answers(502, "<html>Bad gateway</html>");
            Ran ran = ops("status");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).contains("status 502").contains("is it one?");
            server.answers(200, "<html>Welcome</html>");
            assertThat(ops("status").status()).isEqualTo(1);
        }
    }

    @Nested
    class Recycle {
        @Test
        void endsTheWorkersOfOneBundleOrOfAll() {
            server.answers(200, "{\"recycled\":3}");
            assertThat(ops("recycle", "demo@1.0.0").out()).isEqualTo("recycled 3 workers of demo@1.0.0\n");
            var request = server.requests().get(server.requests().size() - 1);
            assertThat(request.method() + " " + request.target())
                    .isEqualTo("POST /api/v1/workers/recycle?bundle=demo@1.0.0");
            assertThat(ops("recycle").out()).isEqualTo("recycled 3 workers\n");
        }
    }
}
