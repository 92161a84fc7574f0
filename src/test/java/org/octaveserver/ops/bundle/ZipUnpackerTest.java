package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class ZipUnpackerTest {
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;

    @TempDir
    Path temp;

    @Test
    void refusesSymbolicLinksAndSpecialFiles() {
        refuses(archive().file("l", bytes("/etc/passwd"), 0120777).zip(), "entry \"l\" is a symbolic link");
        refuses(archive().file("l", bytes(""), 0010644).zip(), "entry \"l\" is a special file");
        refuses(archive().file("l/", bytes(""), 0120777).zip(), "entry \"l/\" is a symbolic link");
        assertThat(temp.resolve("target/l")).doesNotExist();
    }

    @Test
    void refusesANulInAName() {
        byte[] zip = archive().file("aXb.m", "x").zip();
        zip[indexOf(zip, CENTRAL) + 46 + 1] = 0;
        refuses(zip, "has a control character");
    }

    @Test
    void refusesAWrongChecksum() {
        byte[] zip = archive().file("a.m", "some content").zip();
        zip[indexOf(zip, CENTRAL) + 16] ^= 1;
        refuses(zip, "entry \"a.m\" is damaged");
    }

    @Test
    void refusesAWrongLength() {
        byte[] zip = archive().file("a.m", "some content").zip();
        zip[indexOf(zip, CENTRAL) + 24] ^= 1;
        refuses(zip, "entry \"a.m\" is damaged");
    }

    @Test
    void refusesEncryptedEntries() {
        byte[] zip = archive().file("a.m", "x").zip();
        zip[indexOf(zip, CENTRAL) + 8] |= 1;
        refuses(zip, "entry \"a.m\" is encrypted");
    }

    @Test
    void refusesOtherCompressions() {
        byte[] zip = archive().file("a.m", "x").zip();
        zip[indexOf(zip, CENTRAL) + 10] = 93;
        refuses(zip, "compressed with method 93; allowed are stored (0) and deflated (8)");
    }

    @Test
    void acceptsAComment() throws IOException {
        unpack(commented("packed by hand"));
        assertThat(temp.resolve("target/a.m")).hasContent("x");
    }

    @Test
    void refusesASecondEndRecordInTheComment() throws IOException {
        refuses(commented("PK\u0005\u0006" + "x".repeat(30)), "no end record at its end");
    }

    @Test
    void refusesZip64() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            zip.setUseZip64(Zip64Mode.Always);
            zip.putArchiveEntry(new ZipArchiveEntry("a.m"));
            zip.closeArchiveEntry();
        }
        refuses(out.toByteArray(), "zip64");
    }

    @Test
    void refusesADirectoryThatDoesNotEndAtTheEndRecord() {
        byte[] zip = archive().file("a.m", "x").zip();
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(indexOf(zip, END) + 16, 0);
        refuses(zip, "directory does not end at its end record");
    }

    @Test
    void refusesADirectoryTooLargeForItsEntriesBeforeReadingIt() {
        byte[] zip = archive().file("a.m", "x").zip();
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(indexOf(zip, END) + 12, 0x7fffffff);
        assertThatThrownBy(() -> unpack(zip))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHIVE_TOO_LARGE));
    }

    @Test
    void refusesAZipWithoutEntriesAsABundleOnlyLater() throws IOException {
        unpack(archive().zip());
        assertThat(Bundles.files(temp.resolve("target"))).isEmpty();
    }

    private static byte[] commented(String comment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            zip.setComment(comment);
            zip.putArchiveEntry(new ZipArchiveEntry("a.m"));
            zip.write('x');
            zip.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private static int indexOf(byte[] zip, int signature) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at <= zip.length - 4; at++) {
            if (bytes.getInt(at) == signature) {
                return at;
            }
        }
        throw new AssertionError("no such record");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void refuses(byte[] archive, String message) {
        assertThatThrownBy(() -> unpack(archive))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARCHIVE));
    }

    private void unpack(byte[] archive) throws IOException {
        Path target = temp.resolve("target");
        FileTrees.delete(target);
        Path file = Files.write(temp.resolve("archive"), archive);
        new Unpacker(UnpackLimits.DEFAULT).unpack(file, Files.createDirectory(target));
    }
}
