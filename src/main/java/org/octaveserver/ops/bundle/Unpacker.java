package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Unpacks bundle files, which strangers may have made: see {@link EntryNames} for the names that are refused,
 * {@link UnpackLimits} for the sizes; links, devices and encrypted entries are refused too, and a file that is cut
 * short, damaged or followed by other data. Thread-safe; blocks for as long as the disk takes.
 */
public final class Unpacker {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int ZIP_MAGIC = 0x504b;

    private final UnpackLimits limits;

    public Unpacker(UnpackLimits limits) {
        this.limits = limits;
    }

    /**
     * Unpacks a file into a directory, which must exist and be empty. What a failure leaves there is rubbish.
     *
     * @throws OpsException INVALID_ARCHIVE or ARCHIVE_TOO_LARGE when the file must not be unpacked, STORE_FAILED when
     *     it cannot be written
     */
    public void unpack(Path archive, Path directory) {
        try {
            UnpackTarget target = new UnpackTarget(
                    directory, new EntryNames(limits.entries()), new ByteBudget(limits, Files.size(archive)));
            int magic = magic(archive);
            if (magic == GZIP_MAGIC) {
                new TarUnpacker(limits).unpack(archive, target);
            } else if (magic == ZIP_MAGIC) {
                new ZipUnpacker(limits).unpack(archive, target);
            } else {
                throw new OpsException(
                        ErrorCode.INVALID_ARCHIVE, "the file is neither a tar compressed with gzip nor a zip");
            }
        } catch (OpsException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The decoders answer some kinds of damage with unchecked exceptions.
            throw new OpsException(
                    ErrorCode.INVALID_ARCHIVE, "the archive is damaged or cut short (" + reason(e) + ")", e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static int magic(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            byte[] first = in.readNBytes(2);
            if (first.length == 0) {
                throw new OpsException(ErrorCode.INVALID_ARCHIVE, "the file is empty");
            }
            return first.length < 2 ? 0 : ((first[0] & 0xff) << 8) | (first[1] & 0xff);
        }
    }
}
