package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
