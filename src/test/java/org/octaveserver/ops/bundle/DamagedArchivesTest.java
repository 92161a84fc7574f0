package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Whatever bytes of an archive are changed: it unpacks inside its directory or is refused by name. */
class DamagedArchivesTest {
    private static final Archives HONEST = Archives.archive()
            .directory("p")
            .file("p/DESCRIPTION", "Name: p\nVersion: 1.0\n")
            .file("p/inst/a.m", "function a\nend\n")
            .file("p/" + "n".repeat(130) + ".m", "x");
    private static final byte[] TAR = HONEST.tar();
    private static final byte[] TAR_GZ = HONEST.tarGz();
    private static final byte[] ZIP = HONEST.zip();

    @Property(tries = 150)
    void survivesDamagedTar(@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0) Integer> damages)
            throws IOException {
        survives(Archives.gzip(damaged(TAR, damages)));
    }

    @Property(tries = 100)
    void survivesDamagedGzip(@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0) Integer> damages)
            throws IOException {
        survives(damaged(TAR_GZ, damages));
    }

    @Property(tries = 150)
    void survivesDamagedZip(@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0) Integer> damages)
            throws IOException {
        survives(damaged(ZIP, damages));
    }

    /** Each number says which byte becomes what. */
    private static byte[] damaged(byte[] archive, List<Integer> damages) {
        byte[] bytes = archive.clone();
        for (int damage : damages) {
            bytes[(damage >>> 8) % bytes.length] = (byte) damage;
        }
        return bytes;
    }

    private static void survives(byte[] archive) throws IOException {
        Path temp = Files.createTempDirectory("damaged");
        try {
            Path file = Files.write(temp.resolve("archive"), archive);
            Path target = Files.createDirectory(temp.resolve("target"));
            new Unpacker(UnpackLimits.DEFAULT).unpack(file, target);
        } catch (OpsException e) {
            assertThat(e.code()).isIn(ErrorCode.INVALID_ARCHIVE, ErrorCode.ARCHIVE_TOO_LARGE);
        } finally {
            assertThat(FileTrees.list(temp)).hasSize(2);
            FileTrees.delete(temp);
        }
    }
}
