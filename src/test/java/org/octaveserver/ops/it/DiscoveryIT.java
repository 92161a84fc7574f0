package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients learn of functions, from deployed files and real Octave. */
class DiscoveryIT {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Discovering discovering;

    /** One for all: each test has bundles of its own. */
    @BeforeAll
    static void start() {
        server = TestServer.start(folder, Map.of());
        discovering = new Discovering(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tellsTheTypesOfTheExampleThatTheCommandDeploys() throws Exception {
        Path example = Path.of(System.getProperty("ops.test.basedir"), "docs/examples/magicarchive");
        assertThat(server.deployByCommand(example)).contains("magicarchive");
        assertThat(discovering
                        .signature("magicarchive", "mymagic")
                        .at("/inputs/0/mwtype")
                        .asText())
                .isEqualTo("double");
    }

    @Test
    void asksOctaveAboutFunctionsThatNoFileDescribes() {
        server.deploy(TestBundle.named("demo")
                .file("two.m", """
                        ## Copyright (C) 2026 Ann

                        % Doubles (X, Y).
                        %  Indented.
                        function [a, ... (first
                                  b] = two (x, y = "q, (r", ~) # end
                          a = b = x;
                        end
                        function other (z)
                        end
                        """)
                .function("varargout = pass (varargin)", "varargout = varargin;")
                .file("bare.m", "function bare\n  disp (1);\nend\n")
                .file("+geo/+flat/area.m", "function r = area (w, h)\n  # Area of a rectangle.\n  r = w * h;\nend\n")
                .file("private/hidden.m", "function hidden ()\nend\n")
                .file("script.m", "x = 1;\n"));

        JsonNode functions = discovering.archive("demo").get("functions");
        assertThat(functions.fieldNames()).toIterable().containsExactly("bare", "geo.flat.area", "pass", "two");
        JsonNode two = discovering.signature("demo", "two");
        assertThat(two.get("help").asText()).isEqualTo("Doubles (X, Y).\n Indented.");
        assertThat(Discovering.names(two.get("inputs"))).containsExactly("x", "y", "~");
        assertThat(Discovering.names(two.get("outputs"))).containsExactly("a", "b");
        assertThat(two.at("/inputs/0").toString())
                .isEqualTo("{\"name\":\"x\",\"mwtype\":\"\",\"mwsize\":[],\"help\":\"\"}");
        assertThat(Discovering.names(discovering.signature("demo", "pass").get("inputs")))
                .containsExactly("varargin");
        assertThat(Discovering.names(discovering.signature("demo", "pass").get("outputs")))
                .containsExactly("varargout");
        assertThat(discovering.signature("demo", "bare").toString())
                .isEqualTo("{\"help\":\"\",\"inputs\":[],\"outputs\":[]}");
        assertThat(discovering.signature("demo", "geo.flat.area").get("help").asText())
                .isEqualTo("Area of a rectangle.");
        assertThat(discovering.archive("demo").get("typedefs").toString()).isEqualTo("{}");
    }

    @Test
    void mixesWhatIsDeclaredWithWhatOctaveTells() {
        server.deploy(TestBundle.named("mix", "1.0.0", ",\"exports\":[\"f\",\"g\",\"pkg.h\"]")
                .function("r = f (x)", "# Told by Octave.", "r = x;")
                .function("r = g (x)", "r = x;")
                .function("r = secret (x)", "r = x;")
                .file("+pkg/h.m", "function h (v)\nend\n")
                .file(
                        "mixfunctionSignatures.json",
                        "{\"f\":{\"outputs\":[{\"name\":\"y\",\"type\":\"double\"}]},"
                                + "\"pkg.h\":{\"purpose\":\"Declared.\"}}"));

        assertThat(discovering.archive("mix").get("functions").fieldNames())
                .toIterable()
                .containsExactly("f", "g", "pkg.h");
        JsonNode f = discovering.signature("mix", "f");
        assertThat(f.get("help").asText()).isEqualTo("Told by Octave.");
        assertThat(Discovering.names(f.get("inputs"))).containsExactly("x");
        assertThat(f.at("/outputs/0/name").asText()).isEqualTo("y");
        assertThat(f.at("/outputs/0/mwtype").asText()).isEqualTo("double");
        assertThat(discovering.signature("mix", "pkg.h").get("help").asText()).isEqualTo("Declared.");
        assertThat(Discovering.names(discovering.signature("mix", "pkg.h").get("inputs")))
                .containsExactly("v");
    }

    @Test
    void turnsTexinfoIntoTextAndKeepsLongAndForeignHelp() {
        String long300 = "# A line of help \u00e4\u4e2d\ud83d\ude00.\n".repeat(300);
        server.deploy(TestBundle.named("docs")
                .file("tex.m", """
                        ## -*- texinfo -*-
                        ## @deftypefn {} {} tex (@var{x})
                        ## Do @code{it}.
                        ## @end deftypefn
                        function tex (x)
                        end
                        """)
                .file("long.m", long300 + "function long ()\nend\n")
                .file("crlf.m", "\uFEFF% Windows.\r\nfunction r = crlf (a, ...\r\n  b)\r\nr = a;\r\nend\r\n"));

        assertThat(discovering.signature("docs", "tex").get("help").asText()).isEqualTo("-- tex (X)\n    Do 'it'.");
        String help = discovering.signature("docs", "long").get("help").asText();
        assertThat(help.lines()).hasSize(300).allMatch("A line of help \u00e4\u4e2d\ud83d\ude00."::equals);
        assertThat(discovering.signature("docs", "crlf").get("help").asText()).isEqualTo("Windows.");
        assertThat(Discovering.names(discovering.signature("docs", "crlf").get("inputs")))
                .containsExactly("a", "b");
    }

    @Test
    void nothingOfABundleRunsToBeDescribed() {
        server.deploy(TestBundle.named("quiet").file("f.m", """
                        function r = f (x = error ("ran"))
                          # Help.
                          r = error ("ran");
                        end
                        error ("ran");
                        """).file("g.m", "error (\"ran\");\n"));

        assertThat(Discovering.names(discovering.signature("quiet", "f").get("inputs")))
                .containsExactly("x");
        assertThat(discovering.archive("quiet").get("functions")).hasSize(1);
    }

    @Test
    void namesTheMistakeInTheFileAndDeploysNothing() {
        JsonNode problem = server.deployRefused(
                TestBundle.named("mistaken")
                        .function("r = f (x)", "r = x;")
                        .file("mistakenFunctionSignatures.json", "{\"f\":{\"inputs\":[{\"name\":\"x\",\"type\":7}]}}")
                        .zip(),
                400);

        assertThat(problem.get("detail").asText())
                .startsWith(
                        "mistakenFunctionSignatures.json: /f/inputs/0/type: must be a string or an array of strings");
        assertThat(discovering.archive("mistaken").isMissingNode()).isTrue();
    }

    @Test
    void theUuidChangesWithTheContentOnly() {
        server.deploy(TestBundle.named("changing", "1.0.0", "").function("r = f ()", "r = 1;"));
        String first = discovering.archive("changing").get("archiveUuid").asText();
        server.deploy(TestBundle.named("other").function("r = f ()", "r = 1;"));

        assertThat(first).matches("changing_[0-9A-F]{32}");
        assertThat(discovering.archive("changing").get("archiveUuid").asText()).isEqualTo(first);
        server.deploy(TestBundle.named("changing", "1.0.1", "").function("r = f (new)", "r = 2;"));
        assertThat(discovering.archive("changing").get("archiveUuid").asText())
                .matches("changing_[0-9A-F]{32}")
                .isNotEqualTo(first);
        assertThat(Discovering.names(discovering.signature("changing", "f").get("inputs")))
                .containsExactly("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void takesNoOtherMethodThanGet(String method) {
        HttpResponse<String> response =
                server.send(server.request("/api/discovery").method(method, BodyPublishers.ofString("{}")));

        assertThat(server.httpError(response, 405).get("messageId").asText()).isEqualTo("BadMethod");
        assertThat(response.headers().firstValue("Allow").orElse("").split(","))
                .containsExactlyInAnyOrder("GET", "OPTIONS");
    }

    @Test
    void needsTheTokenWhereverACallDoes() {
        HttpResponse<String> response =
                server.send(server.request("/api/discovery").header("X-Forwarded-For", "192.0.2.1"));
        assertThat(response.statusCode()).isEqualTo(401);

        assertThat(server.getAsAdmin("/api/discovery").statusCode()).isEqualTo(200);
    }
}
