package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class BundleTreeTest {
    @TempDir
    Path unpacked;

    @Test
    void findsAPackageInsideItsTopDirectory() throws IOException {
        write("stats-1.0/DESCRIPTION");
        write("stats-1.0/inst/mean2.m");
        write("README");
        write(".hidden/x");
        assertThat(BundleTree.locate(unpacked).root()).isEqualTo(unpacked.resolve("stats-1.0"));
        assertThat(BundleTree.locate(unpacked).isPackage()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops.json", "routes.json", "xfunctionSignatures.json"})
    void refusesJsonThatIsNotUtf8(String name) throws IOException {
        Files.write(unpacked.resolve(name), new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'});
        assertThatThrownBy(() -> BundleTree.locate(unpacked).manifestFile(name))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_BUNDLE))
                .hasMessage("\"" + name + "\" is not UTF-8; save it in that encoding");
    }

    @Test
    void takesADescriptionInLatin1() throws IOException {
        Files.write(unpacked.resolve("DESCRIPTION"), new byte[] {'A', ':', (byte) 0xE9});
        assertThat(BundleTree.locate(unpacked).manifestFile("DESCRIPTION")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DESCRIPTION", "ops.json", "f.m", "inst/f.m", "+pkg/f.m", "@class/class.m", "private/f.m"})
    void findsABundleAtTheRootOfTheArchive(String file) throws IOException {
        write(file);
        assertThat(BundleTree.locate(unpacked).root()).isEqualTo(unpacked);
    }

    @Test
    void takesTheRootWhenTopDirectoriesAreSeveral() throws IOException {
        write("a/f.m");
        write("b/g.m");
        assertThat(BundleTree.locate(unpacked).root()).isEqualTo(unpacked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Makefile", "configure", "a.cc", "sub/b.c", "c.CPP", "d.f", "Makefile.in"})
    void refusesPackagesThatNeedCompiling(String source) throws IOException {
        write("inst/f.m");
        write("src/" + source);
        assertThatThrownBy(() -> BundleTree.locate(unpacked).refuseCompiled())
                .hasMessageContaining("\"src/" + source + "\" needs compiling; compiled packages come later");
    }

    @Test
    void letsPassSourcesThatNeedNoCompiler() throws IOException {
        write("inst/f.m");
        write("src/notes.txt");
        write("inst/model.cc");
        assertThatCode(() -> BundleTree.locate(unpacked).refuseCompiled()).doesNotThrowAnyException();
    }

    private void write(String path) throws IOException {
        Path file = unpacked.resolve(path);
        Files.createDirectories(DurableFiles.parent(file));
        Files.writeString(file, "");
    }
}
