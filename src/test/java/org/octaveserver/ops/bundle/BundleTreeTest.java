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
