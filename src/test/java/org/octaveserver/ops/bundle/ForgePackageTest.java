package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package of Octave Forge, as its authors published it. */
class ForgePackageTest {
    @TempDir
    Path root;

    @Test
    void deploysLinearAlgebraAsItIs() throws IOException {
        Bundles bundles = new Bundles(root);
        BundleVersion version = bundles.deploy(resource()).version();
        assertThat(version.id())
                .isEqualTo("linear-algebra@2.2.3-" + version.digest().substring(0, 12));
        assertThat(version.manifest().title()).isEqualTo("Linear algebra.");
        assertThat(version.manifest().depends()).containsExactly("octave (>= 4.0.0)");
        assertThat(version.functions()).hasSize(17).containsKeys("rotv", "lobpcg", "circulant_inv");
        assertThat(version.functions().keySet()).noneMatch(name -> name.contains("kronprod."));
        Path loadPath = version.installed(Bundles.octave(Bundles.RUNTIME));
        assertThat(loadPath.resolve("@kronprod/kronprod.m")).isRegularFile();
        assertThat(loadPath.resolve("DESCRIPTION")).doesNotExist();
        assertThat(version.source().resolve("linear-algebra-2.2.3/COPYING")).isRegularFile();
    }

    @Test
    void keepsTheDigestOfThePublishedFile() throws IOException {
        Bundles bundles = new Bundles(root);
        assertThat(bundles.deploy(resource()).version().digest()).startsWith("53ee6a534e13");
        byte[] cut = java.util.Arrays.copyOf(resource(), 40_000);
        assertThatThrownBy(() -> bundles.deploy(cut)).hasMessageContaining("damaged or cut short");
    }

    private static byte[] resource() throws IOException {
        try (InputStream in = ForgePackageTest.class.getResourceAsStream("/packages/linear-algebra-2.2.3.tar.gz")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
