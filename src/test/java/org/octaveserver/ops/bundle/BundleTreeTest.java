package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.octaveserver.ops.lifecycle.DurableFiles;

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
    @ValueSource(strings = {"inst/f.m", "src/f.cc"})
    void takesForAPackageWhatHasADescriptionAndFunctionsInTheirFolder(String file) throws IOException {
        write("DESCRIPTION");
        write(file);
        assertThat(BundleTree.locate(unpacked).isPackage()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DESCRIPTION", "inst/f.m", "src/f.cc"})
    void takesNothingElseForAPackage(String file) throws IOException {
        write(file);
        write("f.m");
        assertThat(BundleTree.locate(unpacked).isPackage()).isFalse();
    }

    private void write(String path) throws IOException {
        Path file = unpacked.resolve(path);
        Files.createDirectories(DurableFiles.parent(file));
        Files.writeString(file, "");
    }
}
