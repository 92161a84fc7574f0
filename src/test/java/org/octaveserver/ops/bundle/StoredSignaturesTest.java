package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.bundle.signature.Signatures;
import org.octaveserver.ops.bundle.signature.TypeDefinition;
import org.octaveserver.ops.bundle.signature.ValueType;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** From the files of a bundle to what other nodes and later starts read. */
class StoredSignaturesTest {
    private static final String DECLARED =
            "// ours\n{\"_typedefs\":{\"Z\":{\"type\":\"cell\",\"elements\":[]},\"A\":{\"type\":\"struct\",\"fields\":"
                    + "[{\"name\":\"n\",\"type\":\"cell:Z\",\"purpose\":\"\u00e4 \ud83d\ude00\"}]}},"
                    + "\"f\":{\"inputs\":[{\"name\":\"x\",\"type\":[\"struct:A\",\"size=1,1\"]}],\"purpose\":\"F.\"}}";

    @TempDir
    Path root;

    private Bundles bundles;

    @BeforeEach
    void prepare() {
        bundles = new Bundles(root);
    }

    private Signatures signatures(BundleVersion version) {
        return new Store(root).signatures(version);
    }

    private void refuses(Archives archive, String message) throws IOException {
        assertThatThrownBy(() -> bundles.deploy(archive.tarGz()))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_BUNDLE));
        assertThat(bundles.incoming()).isEmpty();
        assertThat(bundles.visible()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"functionSignatures.json", "xfunctionSignatures.json", "my FunFunctionSignatures.json"})
    void readsTheFileByTheEndOfItsName(String name) {
        BundleVersion version = bundles.deploy(folder("x", "1.0", "")
                        .file(name, DECLARED)
                        .file("g.m", "")
                        .tarGz())
                .version();

        Signatures stored = signatures(version);
        assertThat(stored.typedefs().keySet()).containsExactly("Z", "A");
        assertThat(stored.typedefs().values())
                .flatMap(TypeDefinition::parts)
                .containsExactly(new Argument("n", new ValueType("cell", List.of(), "Z"), "\u00e4 \ud83d\ude00"));
        assertThat(stored.of("f").help()).isEqualTo("F.");
        assertThat(stored.of("f").inputs()).extracting(Argument::name).containsExactly("x");
        assertThat(stored.of("f").outputs()).isEqualTo(Signature.UNKNOWN.outputs());
        assertThat(stored.of("g")).isEqualTo(Signature.UNKNOWN);
    }

    @Test
    void takesTheSameFromOpsJson() {
        String ops = "{\"name\":\"x\",\"signatures\":{\"f\":{\"purpose\":\"F.\"}}}";

        BundleVersion version = bundles.deploy(
                        archive().file("ops.json", ops).file("f.m", "").tarGz())
                .version();

        assertThat(signatures(version).of("f").help()).isEqualTo("F.");
    }

    @Test
    void refusesAFileThatAPackageHasOnlyInInst() throws IOException {
        refuses(
                archive()
                        .file("ops.json", "{\"name\":\"x\"}")
                        .file("inst/f.m", "")
                        .file("inst/xFunctionSignatures.json", "{}"),
                "\"inst/xFunctionSignatures.json\" has no effect there; it belongs to the top of the package");
    }

    @Test
    void readsTheFileOfAPackageInItsTopDirectory() {
        BundleVersion version = bundles.deploy(archive()
                        .file("stats-1.0/DESCRIPTION", "Name: stats\nVersion: 1.0\n")
                        .file("stats-1.0/inst/f.m", "")
                        .file("stats-1.0/statsfunctionSignatures.json", "{\"f\":{\"purpose\":\"F.\"}}")
                        .tarGz())
                .version();

        assertThat(signatures(version).of("f").help()).isEqualTo("F.");
    }

    @Test
    void recordsOnlyWhatIsExported() {
        String ops = "{\"name\":\"x\",\"exports\":[\"f\"]}";

        BundleVersion version = bundles.deploy(archive()
                        .file("ops.json", ops)
                        .file("f.m", "")
                        .file("g.m", "")
                        .tarGz())
                .version();

        assertThat(signatures(version).functions()).containsOnlyKeys("f");
    }

    @Test
    void refusesTwoFiles() throws IOException {
        refuses(
                folder("x", "1.0", "").file("bfunctionSignatures.json", "{}").file("aFunctionSignatures.json", "{}"),
                "more than one file of function signatures, aFunctionSignatures.json, bfunctionSignatures.json");
    }

    @Test
    void refusesAFileBesideSignaturesInOpsJson() throws IOException {
        refuses(
                archive()
                        .file("ops.json", "{\"name\":\"x\",\"signatures\":{\"f\":{}}}")
                        .file("f.m", "")
                        .file("xfunctionSignatures.json", "{}"),
                "both in xfunctionSignatures.json and in ops.json (\"signatures\"); keep one");
    }

    @Test
    void refusesMistakesWithFileAndPointer() throws IOException {
        refuses(
                folder("x", "1.0", "").file("xfunctionSignatures.json", "{\"f\":{\"inputs\":1}}"),
                "xfunctionSignatures.json: /f/inputs: must be an array of objects");
        refuses(
                archive()
                        .file("ops.json", "{\"name\":\"x\",\"signatures\":{\"h\":{}}}")
                        .file("f.m", ""),
                "ops.json: /signatures/h: the bundle exports no function of this name; it exports f");
    }

    @Test
    void refusesAFileOfMoreThanAMegabyte() throws IOException {
        refuses(
                folder("x", "1.0", "").file("xfunctionSignatures.json", " ".repeat((1 << 20) + 1)),
                "xfunctionSignatures.json is 1048577 bytes; at most 1048576 are allowed");
    }

    @Test
    void looksForFunctionsWhereTheFileIs() throws IOException {
        refuses(
                archive()
                        .file("xfunctionSignatures.json", "{}")
                        .file("x/f.m", "")
                        .file("x/ops.json", "{}"),
                "the bundle has no name");
    }

    @Test
    void aVersionOfBeforeHasFunctionsOfUnknownSignature() throws IOException {
        BundleVersion version = bundles.deploy(folder("x", "1.0", "").tarGz()).version();
        Files.delete(version.directory().resolve("signatures.json"));

        assertThat(new Bundles(root).releases.current().bundle("x")).contains(version);
        assertThat(signatures(version)).isEqualTo(Signatures.NONE);
        assertThat(signatures(version).of("f")).isEqualTo(Signature.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "{\"format\":2,\"typedefs\":{},\"functions\":{}}", "{\"format\":1,"})
    void namesADamagedFile(String content) throws IOException {
        BundleVersion version = bundles.deploy(folder("x", "1.0", "").tarGz()).version();
        Files.writeString(version.directory().resolve("signatures.json"), content);

        assertThatThrownBy(() -> signatures(version))
                .hasMessageContaining(version.directory() + " has no readable signatures.json")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }

    @Test
    void readsOfTheNextReleaseOnlyWhatIsNew() throws IOException {
        ReleaseSignatures signatures = new ReleaseSignatures(bundles.store);
        BundleVersion first = bundles.deploy(folder("x", "1.0", "").tarGz()).version();
        assertThat(signatures.of(bundles.releases.current())).containsOnlyKeys("x");
        Files.writeString(first.directory().resolve("signatures.json"), "damaged");

        bundles.deploy(folder("a", "1.0", "").tarGz());
        assertThat(signatures.of(bundles.releases.current()).keySet()).containsExactly("a", "x");

        bundles.deployer.undeploy("x", "ann", "");
        assertThat(signatures.of(bundles.releases.current())).containsOnlyKeys("a");
        bundles.deploy(folder("x", "1.0", "").tarGz());
        assertThatThrownBy(() -> signatures.of(bundles.releases.current()))
                .as("what no release has any more is not kept")
                .isInstanceOf(OpsException.class);
    }
}
