package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** What holds for tar and zip alike. */
class UnpackerTest {
    @TempDir
    Path temp;

    private Path target;

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.createDirectory(temp.resolve("target"));
    }

    @Test
    void unpacksTarAndZipAlike() throws IOException {
        Archives archive = archive().directory("p").file("p/a.m", "1").file("p/+q/b.m", "2");
        unpack(archive.tarGz(), UnpackLimits.DEFAULT);
        assertThat(Bundles.files(target)).containsExactly("p/+q/b.m", "p/a.m");
        assertThat(target.resolve("p/+q/b.m")).hasContent("2");
        FileTrees.delete(target);
        makeTarget();
        unpack(archive.zip(), UnpackLimits.DEFAULT);
        assertThat(Bundles.files(target)).containsExactly("p/+q/b.m", "p/a.m");
    }

    @Test
    void keepsOnlyTheExecutableBit() throws IOException {
        Archives archive =
                archive().directory("d").file("d/plain", new byte[1], 0106666).file("d/tool", new byte[1], 0104711);
        unpack(archive.tarGz(), UnpackLimits.DEFAULT);
        assertModes();
        FileTrees.delete(target);
        makeTarget();
        unpack(archive.zip(), UnpackLimits.DEFAULT);
        assertModes();
    }

    private void assertModes() throws IOException {
        assertThat(mode("d")).isEqualTo("rwxr-xr-x");
        assertThat(mode("d/plain")).isEqualTo("rw-r--r--");
        assertThat(mode("d/tool")).isEqualTo("rwxr-xr-x");
        assertThat((int) Files.getAttribute(target.resolve("d/tool"), "unix:mode") & 07777)
                .isEqualTo(0755);
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(path)));
    }

    @Test
    void refusesEntriesThatClimbOutAndWritesNothingOutside() {
        Archives archive = archive().file("ok.m", "").file("../x.m", "");
        String message = "entry \"../x.m\" leaves the bundle; entries must be relative paths without \"..\"";
        refuses(archive.tarGz(), message);
        refuses(archive.zip(), message);
        refuses(archive().file("/tmp/x.m", "").tarGz(), "is an absolute path");
        refuses(archive().file("/tmp/x.m", "").zip(), "is an absolute path");
        assertThat(temp.resolve("x.m")).doesNotExist();
    }

    @Test
    void refusesTwoEntriesForOnePath() {
        Archives archive = archive().file("a.m", "1").file("a.m", "2");
        refuses(archive.tarGz(), "\"a.m\" is in the archive twice");
        refuses(archive.zip(), "\"a.m\" is in the archive twice");
    }

    @Test
    void refusesAnEmptyFileAndOtherFormats() {
        refuses(new byte[0], "the file is empty");
        refuses(new byte[] {'P'}, "neither a tar compressed with gzip nor a zip");
        refuses("function f\nend\n".getBytes(java.nio.charset.StandardCharsets.UTF_8), "neither a tar");
        refuses(archive().file("a.m", "").tar(), "neither a tar compressed with gzip nor a zip");
    }

    @Test
    void refusesEveryTruncation() {
        byte[] noise = new byte[3000];
        new Random(1).nextBytes(noise);
        Archives archive = archive().file("a.m", "x").file("noise", noise, 0100644);
        for (byte[] whole : new byte[][] {archive.tarGz(), archive.zip()}) {
            for (int length = 0; length < whole.length; length += 37) {
                refuses(Arrays.copyOf(whole, length), "");
            }
            refuses(Arrays.copyOf(whole, whole.length - 1), "damaged or cut short");
        }
    }

    @Test
    void refusesTrailingGarbage() {
        Archives archive = archive().file("a.m", "x");
        refuses(append(archive.tarGz(), "garbage"), "damaged or cut short");
        refuses(append(archive.zip(), "garbage"), "followed by other data");
    }

    @Test
    void refusesMoreEntriesThanAllowed() {
        Archives archive = archive().file("a", "").file("b", "").file("c", "");
        UnpackLimits two = new UnpackLimits(2, 1 << 20, 100, 1 << 20);
        refuses(archive.tarGz(), two, ErrorCode.ARCHIVE_TOO_LARGE, "more than the 2 files and directories");
        refuses(archive.zip(), two, ErrorCode.ARCHIVE_TOO_LARGE, "allowed are 2 entries");
    }

    @Test
    void refusesMoreBytesThanAllowed() {
        byte[] noise = new byte[30_000];
        new Random(1).nextBytes(noise);
        Archives archive = archive().file("a", noise, 0100644);
        UnpackLimits small = new UnpackLimits(10, 20_000, 100, 1 << 20);
        refuses(archive.tarGz(), small, ErrorCode.ARCHIVE_TOO_LARGE, "more than the 20000 bytes");
        refuses(archive.zip(), small, ErrorCode.ARCHIVE_TOO_LARGE, "more than the 20000 bytes");
    }

    @Test
    void refusesABombAfterTheFreeBytes() throws IOException {
        Archives archive = archive().file("zeros", new byte[4 << 20], 0100644);
        UnpackLimits limits = new UnpackLimits(10, 1L << 30, 50, 1 << 20);
        refuses(archive.tarGz(), limits, ErrorCode.ARCHIVE_TOO_LARGE, "more than 50 times its own size");
        refuses(archive.zip(), limits, ErrorCode.ARCHIVE_TOO_LARGE, "more than 50 times its own size");
        assertThat(Files.size(target.resolve("zeros"))).isLessThan(2 << 20);
        FileTrees.delete(target);
        makeTarget();
        unpack(archive.zip(), new UnpackLimits(10, 1L << 30, 50, 8 << 20));
        assertThat(target.resolve("zeros")).hasSize(4 << 20);
    }

    @Test
    void leavesOutWhatFinderAdds() throws IOException {
        unpack(archive().file("p/a.m", "").file("__MACOSX/p/._a.m", "x").zip(), UnpackLimits.DEFAULT);
        assertThat(Bundles.files(target)).containsExactly("p/a.m");
        refuses(archive().file("__MACOSX/../../x", "").zip(), "leaves the bundle");
    }

    static byte[] append(byte[] bytes, String more) {
        byte[] tail = more.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(bytes, bytes.length + tail.length);
        System.arraycopy(tail, 0, all, bytes.length, tail.length);
        return all;
    }

    private void refuses(byte[] archive, String message) {
        refuses(archive, UnpackLimits.DEFAULT, ErrorCode.INVALID_ARCHIVE, message);
    }

    private void refuses(byte[] archive, UnpackLimits limits, ErrorCode code, String message) {
        assertThatThrownBy(() -> {
                    FileTrees.delete(target);
                    makeTarget();
                    unpack(archive, limits);
                })
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private void unpack(byte[] archive, UnpackLimits limits) throws IOException {
        Path file = Files.write(temp.resolve("archive"), archive);
        new Unpacker(limits).unpack(file, target);
    }
}
