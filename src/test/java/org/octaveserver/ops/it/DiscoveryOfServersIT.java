package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients learn of all functions of a server, of one that starts again, and of one that tells nothing. */
class DiscoveryOfServersIT {
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

    private TestServer start() {
        return TestServer.start(folder, Map.of());
    }

    private void startAndDeploy() {
        try (TestServer server = start()) {
            server.deploy(described());
        }
    }

    private static TestBundle described() {
        return TestBundle.named("myFun")
                .function("out = myFun (in1, n)", "out = {in1.field1 * n, 'x'};")
                .file("myFunfunctionSignatures.json", SIGNATURES);
    }

    @Test
    void answersWhatTheSpecificationAnswersForItsExample() {
        try (TestServer server = start()) {
            assertThat(new Discovering(server).discovery().body())
                    .isEqualTo("{\"discoverySchemaVersion\":\"1.0.0\",\"archives\":{}}");
            JsonNode deployed = server.deploy(described());
            String version = TestServer.json(server.getAsAdmin("/api/v1/status"))
                    .at("/runtimes/0/version")
                    .asText();
            String digest = deployed.get("digest").asText().substring(0, 32).toUpperCase(Locale.ROOT);

            assertThat(new Discovering(server).discovery().body())
                    .isEqualTo("{\"discoverySchemaVersion\":\"1.0.0\",\"archives\":{\"myFun\":{"
                            + "\"archiveSchemaVersion\":\"1.1.0\",\"archiveUuid\":\"myFun_" + digest + "\","
                            + "\"name\":\"myFun\",\"matlabRuntimeVersion\":\"" + version + "\","
                            + "\"matlabRuntimeRelease\":\"Octave " + version + "\",\"octaveVersion\":\"" + version
                            + "\","
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
    }

    @Test
    void aStartLaterDiscoveryIsTheSame() {
        String before;
        try (TestServer server = start()) {
            server.deploy(described());
            server.deploy(TestBundle.named("demo").function("r = f (x)", "# Help.", "r = x;"));
            before = new Discovering(server).discovery().body();
        }

        try (TestServer server = start()) {
            assertThat(new Discovering(server).discovery().body())
                    .isEqualTo(before)
                    .contains("Help.", "in1Struct");
        }
    }

    @Test
    void aVersionOfBeforeIsListedWithAnyNumberOfArguments() throws Exception {
        startAndDeploy();
        try (Stream<Path> files = Files.walk(folder.resolve("home/bundles/store"))) {
            Path stored = files.filter(file -> file.endsWith("signatures.json"))
                    .findFirst()
                    .orElseThrow();
            Files.delete(stored);
        }

        try (TestServer server = start()) {
            assertThat(Discovering.names(
                            new Discovering(server).signature("myFun", "myFun").get("inputs")))
                    .containsExactly("varargin");
            assertThat(server.call("/myFun/myFun", 1, "[{\"field1\":2},3]")).hasSize(1);
        }
    }

    @Test
    void withoutOctaveTheBundlesAreListedAllTheSame() {
        startAndDeploy();

        try (TestServer server = TestServer.start(folder, Map.of("ops.runtime.command", "/nonexistent/octave-cli"))) {
            Discovering discovering = new Discovering(server);
            assertThat(discovering.archive("myFun").get("matlabRuntimeVersion").asText())
                    .isEmpty();
            assertThat(Discovering.names(discovering.signature("myFun", "myFun").get("inputs")))
                    .containsExactly("in1", "n");
        }
    }

    @Test
    void isForbiddenWhereItIsSwitchedOff() {
        try (TestServer server = TestServer.start(folder, Map.of("ops.discovery.enabled", "false"))) {
            JsonNode error = server.httpError(server.get("/api/discovery"), 403);

            assertThat(error.get("messageId").asText()).isEqualTo("DiscoveryDisabled");
            assertThat(error.get("message").asText()).contains("ops.discovery.enabled");
        }
    }
}
