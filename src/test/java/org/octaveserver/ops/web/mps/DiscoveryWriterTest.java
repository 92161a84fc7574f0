package org.octaveserver.ops.web.mps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.bundle.BundleName;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.ExportedFunction;
import org.octaveserver.ops.bundle.Manifest;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.Serving;
import org.octaveserver.ops.bundle.Version;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.bundle.signature.Signatures;
import org.octaveserver.ops.bundle.signature.TypeDefinition;
import org.octaveserver.ops.bundle.signature.TypeDefinition.Kind;
import org.octaveserver.ops.bundle.signature.ValueType;

class DiscoveryWriterTest {
    private static final String DIGEST = "73bcce8b5fffb984888169285cba8a31" + "0".repeat(32);
    private static final ValueType SCALAR = new ValueType("double", List.of(1, 1), "");

    private static BundleVersion version(String name, String... functions) {
        Manifest manifest = new Manifest(
                new BundleName(name),
                new Version("1.0"),
                "",
                "",
                List.of(),
                Optional.empty(),
                Serving.DEFAULT,
                Optional.empty());
        Map<String, ExportedFunction> exports = new LinkedHashMap<>();
        for (String function : functions) {
            exports.put(function, new ExportedFunction(function, function + ".m", -1, -1));
        }
        return new BundleVersion(DIGEST, Path.of("/nowhere"), manifest, exports, RouteTable.EMPTY, Instant.EPOCH);
    }

    private static String written(Map<String, BundleVersion> bundles, Map<String, Signatures> signatures, String octave)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, DeployedBundle> deployed = new LinkedHashMap<>();
        bundles.forEach((name, version) -> deployed.put(name, DeployedBundle.of(DeployedVersion.of(version))));
        Release release = new Release(1, 0, Instant.EPOCH, "ann", "", OptionalLong.empty(), deployed);
        new DiscoveryWriter().write(release, signatures, octave, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheMembersThatMpsWritesInItsOrder() throws IOException {
        Map<String, TypeDefinition> typedefs = new LinkedHashMap<>();
        typedefs.put(
                "in1Struct",
                new TypeDefinition(Kind.STRUCT, "in1 structure", List.of(new Argument("field1", SCALAR, "scalar"))));
        typedefs.put("aCell", new TypeDefinition(Kind.CELL, "output", List.of(new Argument("", SCALAR, "first"))));
        Signature signature = new Signature(
                "help",
                List.of(new Argument("in1", new ValueType("struct", List.of(1, 1), "in1Struct"), "h1")),
                List.of(new Argument("out", new ValueType("cell", List.of(), "aCell"), "h2")));

        assertThat(written(
                        Map.of("myFun", version("myFun", "f")),
                        Map.of("myFun", new Signatures(typedefs, Map.of("f", signature))),
                        "7.3.0"))
                .isEqualTo("{\"discoverySchemaVersion\":\"1.0.0\",\"archives\":{\"myFun\":{"
                        + "\"archiveSchemaVersion\":\"1.1.0\","
                        + "\"archiveUuid\":\"myFun_73BCCE8B5FFFB984888169285CBA8A31\",\"name\":\"myFun\","
                        + "\"matlabRuntimeVersion\":\"7.3.0\",\"matlabRuntimeRelease\":\"Octave 7.3.0\","
                        + "\"octaveVersion\":\"7.3.0\",\"typedefs\":{"
                        + "\"in1Struct\":{\"mwtype\":\"struct\",\"help\":\"in1 structure\",\"fields\":["
                        + "{\"name\":\"field1\",\"mwtype\":\"double\",\"mwsize\":[1,1],\"help\":\"scalar\"}]},"
                        + "\"aCell\":{\"mwtype\":\"cell\",\"help\":\"output\",\"elements\":["
                        + "{\"mwtype\":\"double\",\"mwsize\":[1,1],\"help\":\"first\"}]}},"
                        + "\"functions\":{\"f\":{\"signatures\":[{\"help\":\"help\",\"inputs\":["
                        + "{\"name\":\"in1\",\"mwtype\":\"struct\",\"mwsize\":[1,1],\"help\":\"h1\","
                        + "\"typedef\":\"in1Struct\"}],\"outputs\":["
                        + "{\"name\":\"out\",\"mwtype\":\"cell\",\"mwsize\":[],\"help\":\"h2\",\"typedef\":\"aCell\"}"
                        + "]}]}}}}}");
    }

    @Test
    void givesAFunctionOfUnknownSignatureAnyNumberOfArguments() throws IOException {
        assertThat(written(Map.of("old", version("old", "f")), Map.of("old", Signatures.NONE), "7.3.0"))
                .contains("\"typedefs\":{},\"functions\":{\"f\":{\"signatures\":[{\"help\":\"\","
                        + "\"inputs\":[{\"name\":\"varargin\",\"mwtype\":\"\",\"mwsize\":[],\"help\":\"\"}],"
                        + "\"outputs\":[{\"name\":\"varargout\",\"mwtype\":\"\",\"mwsize\":[],\"help\":\"\"}]}]}}");
    }

    @Test
    void ordersBundlesAndFunctionsByName() throws IOException {
        assertThat(written(Map.of("b", version("b", "z", "pkg.f", "a"), "a", version("a", "x")), Map.of(), "7.3.0"))
                .containsSubsequence(
                        "\"a\":{\"arch", "\"x\":{", "\"b\":{\"arch", "\"a\":{\"sig", "\"pkg.f\":{", "\"z\":{");
    }

    @Test
    void hasNoVersionWhileThereIsNoOctave() throws IOException {
        assertThat(written(Map.of("a", version("a", "f")), Map.of(), ""))
                .contains(
                        "\"matlabRuntimeVersion\":\"\",\"matlabRuntimeRelease\":\"\",\"octaveVersion\":\"\",\"typedefs\"");
    }

    @Test
    void writesAllCharactersAsUtf8() throws IOException {
        Signature signature = new Signature("\u00e4\u2028\ud83d\ude00\u0000\"", List.of(), List.of());

        assertThat(written(
                        Map.of("a", version("a", "f")),
                        Map.of("a", new Signatures(Map.of(), Map.of("f", signature))),
                        ""))
                .contains("\"help\":\"\u00e4\u2028\ud83d\ude00\\u0000\\\"\",\"inputs\":[],\"outputs\":[]");
    }

    @Test
    void isWholeWithNothingDeployed() throws IOException {
        assertThat(written(Map.of(), Map.of(), "7.3.0"))
                .isEqualTo("{\"discoverySchemaVersion\":\"1.0.0\",\"archives\":{}}");
    }
}
