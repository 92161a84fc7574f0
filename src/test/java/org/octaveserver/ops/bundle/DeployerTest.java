package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;
import static org.octaveserver.ops.bundle.Archives.folder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class DeployerTest {
    @TempDir
    Path root;

    private Bundles bundles;

    @BeforeEach
    void open() {
        bundles = new Bundles(root);
    }

    @AfterEach
    void leavesNothingInIncoming() throws IOException {
        assertThat(bundles.incoming()).isEmpty();
    }

    @Test
    void deploysAPlainFolder() throws IOException {
        Archives archive = archive()
                .file(
                        "ops.json",
                        "{\"name\":\"plain\",\"limits\":{\"timeout\":\"5s\"},\"signatures\":{\"f\":{\"n\":1.0}}}")
                .file("f.m", "")
                .file("+pkg/g.m", "")
                .file("private/h.m", "")
                .file("@cls/cls.m", "")
                .file("data.csv", "1,2");
        Deployed deployed = bundles.deploy(archive.zip());
        BundleVersion version = deployed.version();
        assertThat(deployed.published().changed()).isTrue();
        assertThat(version.functions()).containsOnlyKeys("f", "pkg.g");
        assertThat(version.function("pkg.g")).map(ExportedFunction::file).contains("+pkg/g.m");
        assertThat(version.function("h")).isEmpty();
        assertThat(version.directory())
                .isEqualTo(root.resolve("store/plain/0.0.0-" + version.digest().substring(0, 12)));
        assertThat(Bundles.files(version.installed(Bundles.octave(Bundles.RUNTIME))))
                .containsExactly("+pkg/g.m", "@cls/cls.m", "data.csv", "f.m", "private/h.m");
        assertThat(Bundles.files(version.source())).contains("ops.json", "data.csv");
        assertThat(new Bundles(root).releases.current().bundle("plain")).contains(version);
    }

    @Test
    void installsAFolderWithFunctionsInInstAndItsScripts() throws IOException {
        Archives archive = archive()
                .file("s-1.0/ops.json", "{\"name\":\"s\"}")
                .file("s-1.0/PKG_ADD", "1;")
                .file("s-1.0/PKG_DEL", "2;")
                .file("s-1.0/doc/manual.txt", "")
                .file("s-1.0/inst/f.m", "")
                .file("s-1.0/inst/private/g.m", "");
        BundleVersion version = bundles.deploy(archive.tarGz()).version();
        assertThat(Bundles.files(version.installed(Bundles.octave(Bundles.RUNTIME))))
                .containsExactly("PKG_ADD", "PKG_DEL", "f.m", "private/g.m");
    }

    @Test
    void exportsOnlyWhatOpsJsonNames() {
        Archives archive = archive().file("f.m", "").file("g.m", "");
        byte[] one =
                archive.file("ops.json", "{\"name\":\"x\",\"exports\":[\"g\"]}").tarGz();
        assertThat(bundles.deploy(one).version().functions()).containsOnlyKeys("g");
    }

    @Test
    void refusesAnExportThatDoesNotExistAndListsWhatDoes() {
        Archives archive = archive().file("f.m", "").file("g.m", "");
        byte[] file = archive.file("ops.json", "{\"name\":\"x\",\"exports\":[\"g\",\"h\"]}")
                .tarGz();
        refuses(file, ErrorCode.INVALID_BUNDLE, "\"exports\" names h, which the bundle does not have; it has f, g");
    }

    @Test
    void refusesJobsOfFunctionsThatItDoesNotExport() {
        byte[] file = archive()
                .file("f.m", "")
                .file("g.m", "")
                .file("ops.json", "{\"name\":\"x\",\"exports\":[\"g\"],\"jobs\":{\"idempotent\":[\"g\",\"h\",\"f\"]}}")
                .tarGz();
        refuses(
                file,
                ErrorCode.INVALID_BUNDLE,
                "\"jobs.idempotent\" names f, h, which the bundle does not export; it exports g");
    }

    @Test
    void refusesABundleWithoutFunctions() {
        refuses(
                archive()
                        .file("ops.json", "{\"name\":\"x\"}")
                        .file("private/f.m", "")
                        .zip(),
                ErrorCode.INVALID_BUNDLE,
                "the bundle has no function; functions are looked for in .m, .oct and .mex files");
        refuses(archive().zip(), ErrorCode.INVALID_BUNDLE, "the bundle has no name");
    }

    @Test
    void refusesAFileThatDoesNotParseAndKeepsWhatIsDeployed() {
        bundles.deploy(folder("x", "1.0", "").tarGz());
        refuses(folder("x", "1.1", "parse error").tarGz(), ErrorCode.INVALID_BUNDLE, "f.m:1: parse error");
        refuses(folder("x", "1.1", "").file("../y", "").tarGz(), ErrorCode.INVALID_ARCHIVE, "leaves the bundle");
        assertThat(bundles.visible()).containsExactly("x 1.0");
        assertThat(bundles.releases.current().number()).isEqualTo(1);
    }

    @Test
    void refusesAnUploadAboveTheLimit() {
        refuses(new byte[(1 << 20) + 1], ErrorCode.ARCHIVE_TOO_LARGE, "larger than the 1048576 bytes");
    }

    @Test
    void refusesAnUploadThatBreaksOff() {
        InputStream broken = new InputStream() {
            private boolean begun;

            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (begun) {
                    return read();
                }
                begun = true;
                return 7;
            }
        };
        DeployRequest request = Bundles.request(DeployMode.UPGRADE, Optional.empty());
        assertThatThrownBy(() -> bundles.deployer.deploy(broken, request))
                .hasMessageContaining("the upload broke off after 7 bytes")
                .isInstanceOf(OpsException.class);
    }

    @Test
    void makesNoReleaseForWhatIsCurrentAlready() {
        byte[] file = folder("x", "1.0", "").tarGz();
        Deployed first = bundles.deploy(file);
        Deployed second = bundles.deploy(file);
        assertThat(second.published().changed()).isFalse();
        assertThat(second.published().release()).isEqualTo(first.published().release());
        assertThat(second.version()).isEqualTo(first.version());
        assertThat(bundles.inspector.calls).hasValue(1);
        assertThat(bundles.replace(file).published().changed()).isFalse();
    }

    @Test
    void refusesTheSameVersionWithOtherContentUnlessAskedToReplace() {
        Deployed first = bundles.deploy(folder("x", "1.0", "").tarGz());
        byte[] other = folder("x", "1.0", "% new").tarGz();
        refuses(
                other,
                ErrorCode.VERSION_CONFLICT,
                "x 1.0 is deployed with digest " + first.version().digest());
        Deployed replaced = bundles.replace(other);
        assertThat(replaced.published().changed()).isTrue();
        refuses(
                folder("x", "1.0", "").tarGz(),
                ErrorCode.VERSION_CONFLICT,
                replaced.version().digest() + "; the new file's is "
                        + first.version().digest());
    }

    @Test
    void keepsTheContentOfAVersionThatWasTakenAway() {
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deployer.undeploy("x", "ann", "");
        refuses(folder("x", "1.0", "% new").tarGz(), ErrorCode.VERSION_CONFLICT, "give the bundle a new version");
        assertThat(bundles.deploy(folder("x", "1.0", "").tarGz())
                        .published()
                        .release()
                        .number())
                .isEqualTo(3);
    }

    @Test
    void replacesTheVersionThatCallersSeeAndKeepsOtherBundles() {
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("y", "1.0", "").tarGz());
        bundles.deploy(folder("x", "0.9", "").tarGz());
        assertThat(bundles.visible()).containsExactly("x 0.9", "y 1.0");
    }

    @Test
    void undeploysAndSaysWhatIsThereWhenTheNameIsUnknown() {
        assertThatThrownBy(() -> bundles.deployer.undeploy("x", "ann", ""))
                .hasMessage("no bundle \"x\" is deployed; none is");
        bundles.deploy(folder("x", "1.0", "").tarGz());
        bundles.deploy(folder("y", "1.0", "").tarGz());
        assertThatThrownBy(() -> bundles.deployer.undeploy("z", "ann", ""))
                .hasMessage("no bundle \"z\" is deployed; deployed are x, y")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUNDLE_NOT_FOUND));
        assertThat(bundles.deployer.undeploy("x", "bob", "old").number()).isEqualTo(3);
        assertThat(bundles.visible()).containsExactly("y 1.0");
    }

    @Test
    void installsForARuntimeThatCameLater() throws IOException {
        byte[] file = folder("x", "1.0", "").tarGz();
        bundles.deploy(file);
        Bundles later = new Bundles(root, "octave-9", SymlinkCreator.PLATFORM, DeploymentObserver.NONE);
        Deployed deployed = later.deploy(file);
        assertThat(deployed.published().changed())
                .as("it is on another runtime")
                .isTrue();
        assertThat(Bundles.files(deployed.version().installed(Bundles.octave("octave-9"))))
                .containsExactly("f.m");
        assertThat(Bundles.files(deployed.version().installed(Bundles.octave(Bundles.RUNTIME))))
                .containsExactly("f.m");
    }

    @Test
    void namesTheDirectoryThatCannotBeUsed() throws IOException {
        Files.writeString(root.resolve("store"), "in the way");
        assertThatThrownBy(() -> bundles.deployer.deploy(
                        new ByteArrayInputStream(folder("x", "1.0", "").tarGz()),
                        Bundles.request(DeployMode.UPGRADE, Optional.empty())))
                .hasMessageContaining(root.toString())
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
    }

    private void refuses(byte[] file, ErrorCode code, String message) {
        assertThatThrownBy(() -> bundles.deploy(file))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
