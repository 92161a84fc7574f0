package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * A file that was received whole.
 *
 * @param file where it is
 * @param digest its SHA-256, hexadecimal
 */
record Upload(Path file, String digest) {
    private static final int CHUNK = 64 * 1024;

    /**
     * Receives a file.
     *
     * @param in read to its end, or to just past the limit; not closed
     * @param file where it goes; must not exist
     * @throws IOException when it cannot be written
     * @throws OpsException when it cannot be read, or is too large
     */
    static Upload receive(InputStream in, Path file, long maxBytes) throws IOException {
        MessageDigest digest = sha256();
        long total = 0;
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int n = read(in, chunk, total); n >= 0; n = read(in, chunk, total)) {
                total += n;
                if (total > maxBytes) {
                    throw new OpsException(
                            ErrorCode.ARCHIVE_TOO_LARGE,
                            "the file is larger than the " + maxBytes + " bytes that are allowed");
                }
                digest.update(chunk, 0, n);
                out.write(chunk, 0, n);
            }
        }
        return new Upload(file, HexFormat.of().formatHex(digest.digest()));
    }

    private static int read(InputStream in, byte[] chunk, long total) {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            throw new OpsException(ErrorCode.INVALID_ARCHIVE, "the upload broke off after " + total + " bytes", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
