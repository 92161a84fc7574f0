package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * The end record of a zip (APPNOTE 4.3.16), checked before anything else is read: it must end the file, and the central
 * directory must end where it begins, so that neither a cut nor appended data go unnoticed, and must not be larger than
 * as many entries as are allowed can need.
 */
final class ZipEnd {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int MAX_COMMENT = 0xffff;
    private static final int IN_ZIP64 = 0xffff;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;

    /** Above any honest entry: 46 bytes, a path, some extra fields. */
    private static final long BYTES_PER_ENTRY = 2048;

    private ZipEnd() {}

    static void check(Path archive, int maxEntries) throws IOException {
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.READ)) {
            int length = (int) Math.min(file.size(), LOCATOR_LENGTH + LENGTH + MAX_COMMENT);
            ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            long begin = file.size() - length;
            int read = 0;
            while (tail.hasRemaining() && read >= 0) {
                read = file.read(tail, begin + tail.position());
            }
            check(tail, begin, maxEntries);
        }
    }

    /** The library takes the last signature for the record; so it must be this one and no other. */
    private static void check(ByteBuffer tail, long begin, int maxEntries) throws IOException {
        int at = tail.capacity() - LENGTH;
        while (at >= 0 && tail.getInt(at) != SIGNATURE) {
            at--;
        }
        if (at < 0 || at + LENGTH + unsigned(tail, at + 20) != tail.capacity()) {
            throw new IOException("the zip has no end record at its end; it is cut short or followed by other data");
        }
        checkDirectory(tail, at, begin, maxEntries);
    }

    private static void checkDirectory(ByteBuffer tail, int at, long begin, int maxEntries) throws IOException {
        int entries = unsigned(tail, at + 10);
        long size = tail.getInt(at + 12) & 0xffffffffL;
        long offset = tail.getInt(at + 16) & 0xffffffffL;
        boolean hasZip64Locator = at >= LOCATOR_LENGTH && tail.getInt(at - LOCATOR_LENGTH) == LOCATOR_SIGNATURE;
        if (entries == IN_ZIP64 || hasZip64Locator) {
            throw new OpsException(
                    ErrorCode.INVALID_ARCHIVE,
                    "the zip is in the zip64 form, made for more than 65534 entries or 4 GiB, which is not accepted; at"
                            + " most " + maxEntries + " entries are allowed");
        }
        if (entries > maxEntries || size > maxEntries * BYTES_PER_ENTRY) {
            throw new OpsException(
                    ErrorCode.ARCHIVE_TOO_LARGE,
                    "the archive has " + entries + " entries in a directory of " + size + " bytes; allowed are "
                            + maxEntries + " entries and " + maxEntries * BYTES_PER_ENTRY + " bytes");
        }
        if (offset + size != begin + at) {
            throw new IOException("the zip's directory does not end at its end record");
        }
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xffff;
    }
}
