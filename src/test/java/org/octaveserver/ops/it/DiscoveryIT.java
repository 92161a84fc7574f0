package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients learn of functions, from deployed files and real Octave. */
class DiscoveryIT {
    private static final String SIGNATURES = """
            // Function Signatures
            {
              "_schemaVersion":"1.1.0",
              "_typedefs":{
                "in1Struct":{"purpose":"in1 structure","type":"struct",
                  "fields":[{"name":"field1","type":["double","size=1,1"],"purpose":"scalar"}]},
                "outCell":{"purpose":"output","type":"cell",
                  "elements":[{"type":["double","size=1,1"],"purpose":"first"},
                              {"type":["char"],"purpose":"second"}]}},
              "myFun":{
                "inputs":[{"name":"in1","type":["struct:in1Struct","size=1,1"],"purpose":".."},
                          {"name":"n","type":["double"],"purpose":".."}],
                "outputs":[{"name":"out","type":["cell:outCell","size=1,2"],"purpose":".."}],
                "purpose":"first comment block of the function"}
            }
            """;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> discovery() {
        HttpResponse<String> response = server.get("/api/discovery");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return response;
    }

    private JsonNode archive(String name) {
        return TestServer.json(discovery()).at("/archives/" + name);
    }

    /** The only signature of a function. */
    private JsonNode signature(String bundle, String function) {
        JsonNode signatures = archive(bundle).at("/functions/" + function + "/signatures");
        assertThat(signatures).hasSize(1);
        return signatures.get(0);
    }

    private static List<String> names(JsonNode arguments) {
        return arguments.findValuesAsText("name");
    }

    private static TestBundle described() {
        return TestBundle.named("myFun")
                .function("out = myFun (in1, n)", "out = {in1.field1 * n, 'x'};")
                .file("myFunfunctionSignatures.json", SIGNATURES);
    }

    @Test
    void answersWhatTheSpecificationAnswersForItsExample() {
        JsonNode deployed = server.deploy(described());
        String version = TestServer.json(server.getAsAdmin("/api/v1/status"))
                .at("/runtimes/0/version")
                .asText();
        String digest = deployed.get("digest").asText().substring(0, 32).toUpperCase(Locale.ROOT);

        assertThat(discovery().body())
                .isEqualTo("{\"discoverySchemaVersion\":\"1.0.0\",\"archives\":{\"myFun\":{"
                        + "\"archiveSchemaVersion\":\"1.1.0\",\"archiveUuid\":\"myFun_" + digest + "\","
                        + "\"name\":\"myFun\",\"matlabRuntimeVersion\":\"" + version + "\","
                        + "\"matlabRuntimeRelease\":\"Octave " + version + "\",\"octaveVersion\":\"" + version + "\","
                        + "\"typedefs\":{\"in1Struct\":{\"mwtype\":\"struct\",\"help\":\"in1 structure\","
                        + "\"fields\":[{\"name\":\"field1\",\"mwtype\":\"double\",\"mwsize\":[1,1],\"help\":\"scalar\"}]},"
                        + "\"outCell\":{\"mwtype\":\"cell\",\"help\":\"output\","
                        + "\"elements\":[{\"mwtype\":\"double\",\"mwsize\":[1,1],\"help\":\"first\"},"
                        + "{\"mwtype\":\"char\",\"mwsize\":[],\"help\":\"second\"}]}},"
                        + "\"functions\":{\"myFun\":{\"signatures\":["
                        + "{\"help\":\"first comment block of the function\","
                        + "\"inputs\":[{\"name\":\"in1\",\"mwtype\":\"struct\",\"mwsize\":[1,1],\"help\":\"..\","
                        + "\"typedef\":\"in1Struct\"},"
                        + "{\"name\":\"n\",\"mwtype\":\"double\",\"mwsize\":[],\"help\":\"..\"}],"
                        + "\"outputs\":[{\"name\":\"out\",\"mwtype\":\"cell\",\"mwsize\":[1,2],\"help\":\"..\","
                        + "\"typedef\":\"outCell\"}]}]}}}}}");
    }

    @Test
    void tellsTheTypesOfTheExampleThatTheCommandDeploys() throws Exception {
        Path example = Path.of(System.getProperty("ops.test.basedir"), "docs/examples/magicarchive");
        assertThat(server.deployByCommand(example)).contains("magicarchive");
        assertThat(signature("magicarchive", "mymagic").at("/inputs/0/mwtype").asText())
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

        JsonNode functions = archive("demo").get("functions");
        assertThat(functions.fieldNames()).toIterable().containsExactly("bare", "geo.flat.area", "pass", "two");
        JsonNode two = signature("demo", "two");
        assertThat(two.get("help").asText()).isEqualTo("Doubles (X, Y).\n Indented.");
        assertThat(names(two.get("inputs"))).containsExactly("x", "y", "~");
        assertThat(names(two.get("outputs"))).containsExactly("a", "b");
        assertThat(two.at("/inputs/0").toString())
                .isEqualTo("{\"name\":\"x\",\"mwtype\":\"\",\"mwsize\":[],\"help\":\"\"}");
        assertThat(names(signature("demo", "pass").get("inputs"))).containsExactly("varargin");
        assertThat(names(signature("demo", "pass").get("outputs"))).containsExactly("varargout");
        assertThat(signature("demo", "bare").toString()).isEqualTo("{\"help\":\"\",\"inputs\":[],\"outputs\":[]}");
        assertThat(signature("demo", "geo.flat.area").get("help").asText()).isEqualTo("Area of a rectangle.");
        assertThat(archive("demo").get("typedefs").toString()).isEqualTo("{}");
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

        assertThat(archive("mix").get("functions").fieldNames()).toIterable().containsExactly("f", "g", "pkg.h");
        JsonNode f = signature("mix", "f");
        assertThat(f.get("help").asText()).isEqualTo("Told by Octave.");
        assertThat(names(f.get("inputs"))).containsExactly("x");
        assertThat(f.at("/outputs/0/name").asText()).isEqualTo("y");
        assertThat(f.at("/outputs/0/mwtype").asText()).isEqualTo("double");
        assertThat(signature("mix", "pkg.h").get("help").asText()).isEqualTo("Declared.");
        assertThat(names(signature("mix", "pkg.h").get("inputs"))).containsExactly("v");
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

        assertThat(signature("docs", "tex").get("help").asText()).isEqualTo("-- tex (X)\n    Do 'it'.");
        String help = signature("docs", "long").get("help").asText();
        assertThat(help.lines()).hasSize(300).allMatch("A line of help \u00e4\u4e2d\ud83d\ude00."::equals);
        assertThat(signature("docs", "crlf").get("help").asText()).isEqualTo("Windows.");
        assertThat(names(signature("docs", "crlf").get("inputs"))).containsExactly("a", "b");
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

        assertThat(names(signature("quiet", "f").get("inputs"))).containsExactly("x");
        assertThat(archive("quiet").get("functions")).hasSize(1);
    }

    @Test
    void namesTheMistakeInTheFileAndDeploysNothing() {
        JsonNode problem = server.deployRefused(
                TestBundle.named("demo")
                        .function("r = f (x)", "r = x;")
                        .file("demoFunctionSignatures.json", "{\"f\":{\"inputs\":[{\"name\":\"x\",\"type\":7}]}}")
                        .zip(),
                400);

        assertThat(problem.get("detail").asText())
                .startsWith("demoFunctionSignatures.json: /f/inputs/0/type: must be a string or an array of strings");
        assertThat(discovery().body()).isEqualTo("{\"discoverySchemaVersion\":\"1.0.0\",\"archives\":{}}");
    }

    @Test
    void theUuidChangesWithTheContentOnly() {
        server.deploy(TestBundle.named("demo", "1.0.0", "").function("r = f ()", "r = 1;"));
        String first = archive("demo").get("archiveUuid").asText();
        server.deploy(TestBundle.named("other").function("r = f ()", "r = 1;"));

        assertThat(first).matches("demo_[0-9A-F]{32}");
        assertThat(archive("demo").get("archiveUuid").asText()).isEqualTo(first);
        server.deploy(TestBundle.named("demo", "1.0.1", "").function("r = f (new)", "r = 2;"));
        assertThat(archive("demo").get("archiveUuid").asText())
                .matches("demo_[0-9A-F]{32}")
                .isNotEqualTo(first);
        assertThat(names(signature("demo", "f").get("inputs"))).containsExactly("new");
    }

    @Test
    void aStartLaterDiscoveryIsTheSame() {
        server.deploy(described());
        server.deploy(TestBundle.named("demo").function("r = f (x)", "# Help.", "r = x;"));
        String before = discovery().body();
        server.close();

        start();

        assertThat(discovery().body()).isEqualTo(before).contains("Help.", "in1Struct");
    }

    @Test
    void aVersionOfBeforeIsListedWithAnyNumberOfArguments() throws Exception {
        server.deploy(described());
        server.close();
        try (Stream<Path> files = Files.walk(folder.resolve("home/bundles/store"))) {
            Path stored = files.filter(file -> file.endsWith("signatures.json"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(stored);
        }

        start();

        assertThat(names(signature("myFun", "myFun").get("inputs"))).containsExactly("varargin");
        assertThat(server.call("/myFun/myFun", 1, "[{\"field1\":2},3]")).hasSize(1);
    }

    @Test
    void withoutOctaveTheBundlesAreListedAllTheSame() {
        server.deploy(described());
        server.close();

        server = TestServer.start(folder, Map.of("ops.runtime.command", "/nonexistent/octave-cli"));

        assertThat(archive("myFun").get("matlabRuntimeVersion").asText()).isEmpty();
        assertThat(names(signature("myFun", "myFun").get("inputs"))).containsExactly("in1", "n");
    }

    @Test
    void isForbiddenWhereItIsSwitchedOff() {
        server.close();
        server = TestServer.start(folder, Map.of("ops.discovery.enabled", "false"));

        JsonNode error = server.httpError(server.get("/api/discovery"), 403);

        assertThat(error.get("messageId").asText()).isEqualTo("DiscoveryDisabled");
        assertThat(error.get("message").asText()).contains("ops.discovery.enabled");
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
