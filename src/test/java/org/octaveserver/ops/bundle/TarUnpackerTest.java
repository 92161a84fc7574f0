package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.octaveserver.ops.bundle.Archives.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class TarUnpackerTest {
    private static final int RECORD = 512;

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "2, a symbolic link",
        "1, a hard link",
        "3, a device",
        "4, a device",
        "6, a FIFO",
        "V, of an unknown kind",
        "S, a sparse file"
    })
    void refusesEntriesThatAreNeitherFileNorDirectory(char kind, String what) {
        refuses(archive().special("link", (byte) kind).tarGz(), "entry \"link\" is " + what);
        assertThat(temp.resolve("target/link")).doesNotExist();
    }

    @Test
    void refusesADamagedHeader() {
        byte[] tar = archive().file("a.m", "x").tar();
        tar[0] = 'b';
        refuses(Archives.gzip(tar), "does not match its checksum");
    }

    @Test
    void refusesADamagedGzipChecksum() {
        byte[] archive = archive().file("a.m", "x").tarGz();
        archive[archive.length - 8] ^= 1;
        refuses(archive, "damaged or cut short");
    }

    @Test
    void refusesATarWithoutItsEnd() {
        byte[] tar = archive().file("a.m", "x").tar();
        refuses(Archives.gzip(Arrays.copyOf(tar, 2 * RECORD)), "the tar has no end mark");
    }

    @Test
    void refusesDataBehindTheEndOfTheTar() {
        byte[] tar = archive().file("a.m", "x").tar();
        byte[] second = archive().file("../b.m", "x").tar();
        byte[] both = Arrays.copyOf(tar, tar.length + second.length);
        System.arraycopy(second, 0, both, tar.length, second.length);
        refuses(Archives.gzip(both), "other data follow the end of the tar");

        byte[] hidden = tar.clone();
        hidden[3 * RECORD] = 'x';
        refuses(Archives.gzip(hidden), "other data follow the end of the tar");
        byte[] padding = tar.clone();
        padding[padding.length - 1] = 'x';
        refuses(Archives.gzip(padding), "other data follow the end of the tar");
    }

    @Test
    void acceptsAGzipOfSeveralMembers() throws IOException {
        byte[] tar = archive().file("a.m", "x").tar();
        byte[] first = Archives.gzip(Arrays.copyOf(tar, 700));
        byte[] second = Archives.gzip(Arrays.copyOfRange(tar, 700, tar.length));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        unpack(both);
        assertThat(temp.resolve("target/a.m")).hasContent("x");
    }

    @Test
    void refusesALongNameThatWouldFillTheMemory() {
        Archives archive = archive();
        for (int i = 0; i < 3; i++) {
            archive.file("a" + i, "");
        }
        byte[] tar = archive.file("././@LongLink", new byte[10 << 20], 0100644).tar();
        retype(tar, 3 * RECORD, (byte) 'L');
        refuses(Archives.gzip(tar), "the header of an entry is longer than 131072 bytes");
    }

    @Test
    void refusesAChainOfHeadersThatWouldFillTheStack() {
        byte[] link = archive().file("././@LongLink", "").tar();
        retype(link, 0, (byte) 'L');
        byte[] tar = new byte[RECORD * 20_000];
        for (int at = 0; at < tar.length; at += RECORD) {
            System.arraycopy(link, 0, tar, at, RECORD);
        }
        refuses(Archives.gzip(tar), "the header of an entry is longer than");
    }

    @Test
    void readsLongNamesOfBothKinds() throws IOException {
        String longName = "d".repeat(120) + "/" + "f".repeat(120) + ".m";
        unpack(archive().file(longName, "x").tarGz());
        assertThat(temp.resolve("target").resolve(longName)).hasContent("x");
    }

    @Test
    void refusesANameThatIsNotUtf8() {
        byte[] tar = archive().file("cafX.m", "x").tar();
        tar[3] = (byte) 0xe9;
        retype(tar, 0, TarConstants.LF_NORMAL);
        refuses(Archives.gzip(tar), "is not UTF-8");
    }

    /** Changes the kind of the header at an offset, and corrects its checksum. */
    private static void retype(byte[] tar, int header, byte kind) {
        tar[header + 156] = kind;
        Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = header; i < header + RECORD; i++) {
            sum += tar[i] & 0xff;
        }
        byte[] octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, tar, header + 148, octal.length);
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
