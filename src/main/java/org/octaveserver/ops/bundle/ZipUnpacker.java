package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Unpacks a zip by its central directory, where alone the kinds and modes of entries stand. The library does not check
 * an entry's checksum and length; this class does.
 */
final class ZipUnpacker {
    private static final int KIND = 0170000;
    private static final int KIND_UNKNOWN = 0;
    private static final int KIND_FILE = 0100000;
    private static final int KIND_DIRECTORY = 0040000;
    private static final int KIND_SYMLINK = 0120000;
    private static final int OWNER_MAY_EXECUTE = 0100;

    private final UnpackLimits limits;

    ZipUnpacker(UnpackLimits limits) {
        this.limits = limits;
    }

    void unpack(Path archive, UnpackTarget target) throws IOException {
        // The library reads the whole central directory into memory, so its size is looked at before.
        ZipEnd.check(archive, limits.entries());
        try (ZipFile zip = ZipFile.builder()
                .setPath(archive)
                .setCharset(StandardCharsets.UTF_8)
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                refuseSpecial(entry);
                if (entry.isDirectory()) {
                    target.directory(entry.getName());
                } else {
                    file(zip, entry, target);
                }
            }
        }
    }

    private static void file(ZipFile zip, ZipArchiveEntry entry, UnpackTarget target) throws IOException {
        boolean executable = (mode(entry) & OWNER_MAY_EXECUTE) != 0;
        CRC32 crc = new CRC32();
        try (InputStream content = new CheckedInputStream(zip.getInputStream(entry), crc)) {
            long bytes = target.file(entry.getName(), executable, content);
            if (bytes != entry.getSize() || crc.getValue() != entry.getCrc()) {
                throw new OpsException(
                        ErrorCode.INVALID_ARCHIVE,
                        "entry " + Quoted.text(entry.getName()) + " is damaged: its length or checksum is not the one"
                                + " in the zip's directory");
            }
        }
    }

    private static void refuseSpecial(ZipArchiveEntry entry) {
        int kind = mode(entry) & KIND;
        boolean ordinary = kind == KIND_UNKNOWN || kind == (entry.isDirectory() ? KIND_DIRECTORY : KIND_FILE);
        if (!ordinary) {
            throw refused(
                    entry,
                    "is " + (kind == KIND_SYMLINK ? "a symbolic link" : "a special file")
                            + "; a bundle has files and directories only");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw refused(entry, "is encrypted; pack the bundle without a password");
        }
        if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
            throw refused(
                    entry,
                    "is compressed with method " + entry.getMethod() + "; allowed are stored (0) and deflated (8)");
        }
    }

    /** The Unix mode, wherever the zip was made: some packers set it and claim another system. */
    private static int mode(ZipArchiveEntry entry) {
        return (int) (entry.getExternalAttributes() >> 16) & 0xffff;
    }

    private static OpsException refused(ZipArchiveEntry entry, String why) {
        return new OpsException(ErrorCode.INVALID_ARCHIVE, "entry " + Quoted.text(entry.getName()) + " " + why);
    }
}
