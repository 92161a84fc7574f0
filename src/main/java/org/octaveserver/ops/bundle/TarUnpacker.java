package org.octaveserver.ops.bundle;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Unpacks a tar that is compressed with gzip. */
final class TarUnpacker {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private final UnpackLimits limits;

    TarUnpacker(UnpackLimits limits) {
        this.limits = limits;
    }

    void unpack(Path archive, UnpackTarget target) throws IOException {
        ByteBudget raw = new ByteBudget(limits, Files.size(archive));
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                CountedInput bytes = new CountedInput(gunzip(file), raw);
                StrictTarInput tar = new StrictTarInput(bytes)) {
            for (TarArchiveEntry entry = next(tar, bytes); entry != null; entry = next(tar, bytes)) {
                unpack(entry, tar, target);
            }
            tar.requireEnd();
            refuseTrailing(bytes);
        }
    }

    /** All members of the file: what follows the last one is found to be none. */
    private static InputStream gunzip(InputStream file) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(file)
                .setDecompressConcatenated(true)
                .get();
    }

    private static TarArchiveEntry next(StrictTarInput tar, CountedInput bytes) throws IOException {
        bytes.beginHeader();
        TarArchiveEntry entry = tar.getNextEntry();
        bytes.endHeader();
        return entry;
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, UnpackTarget target) throws IOException {
        if (!entry.isCheckSumOK()) {
            throw new IOException("the header of an entry does not match its checksum");
        }
        refuseSpecial(entry);
        if (entry.isDirectory()) {
            target.directory(entry.getName());
        } else {
            target.file(entry.getName(), (entry.getMode() & OWNER_MAY_EXECUTE) != 0, content);
        }
    }

    private static void refuseSpecial(TarArchiveEntry entry) {
        String kind = entry.isSparse() ? "a sparse file" : specialKind(entry.getLinkFlag());
        if (!kind.isEmpty()) {
            throw new OpsException(
                    ErrorCode.INVALID_ARCHIVE,
                    "entry " + Quoted.text(entry.getName()) + " is " + kind
                            + "; a bundle has files and directories only");
        }
    }

    private static String specialKind(byte flag) {
        return switch (flag) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG, TarConstants.LF_DIR -> "";
            case TarConstants.LF_SYMLINK -> "a symbolic link";
            case TarConstants.LF_LINK -> "a hard link";
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> "a device";
            case TarConstants.LF_FIFO -> "a FIFO";
            default -> "of an unknown kind";
        };
    }

    /** Reads to the very end: only there gzip's own checksum stands. */
    private static void refuseTrailing(InputStream bytes) throws IOException {
        byte[] chunk = new byte[8192];
        for (int n = bytes.read(chunk); n >= 0; n = bytes.read(chunk)) {
            for (int i = 0; i < n; i++) {
                if (chunk[i] != 0) {
                    throw new IOException("other data follow the end of the tar");
                }
            }
        }
    }

    /**
     * Notes whether the archive ended with its end mark, which the library does not ask for. Blocks are one record
     * long, so that nothing after the mark is skipped unseen.
     */
    private static final class StrictTarInput extends TarArchiveInputStream {
        private boolean ended;

        StrictTarInput(InputStream in) {
            super(in, TarConstants.DEFAULT_RCDSIZE, TarConstants.DEFAULT_RCDSIZE, StandardCharsets.UTF_8.name(), false);
        }

        @Override
        protected boolean isEOFRecord(byte[] record) {
            boolean end = super.isEOFRecord(record);
            if (ended && !end) {
                throw new OpsException(ErrorCode.INVALID_ARCHIVE, "other data follow the end of the tar");
            }
            ended |= record != null && end;
            return end;
        }

        void requireEnd() throws IOException {
            if (!ended) {
                throw new IOException("the tar has no end mark");
            }
        }
    }

    /**
     * Counts what is unpacked, headers included. The library reads long names and extended headers into memory and
     * calls itself for each, so those of one entry are bounded far below the whole.
     */
    private static final class CountedInput extends FilterInputStream {
        private static final long MAX_HEADER_BYTES = 128 * 1024;

        private final ByteBudget budget;
        private long headerLeft = Long.MAX_VALUE;

        CountedInput(InputStream in, ByteBudget budget) {
            super(in);
            this.budget = budget;
        }

        void beginHeader() {
            headerLeft = MAX_HEADER_BYTES;
        }

        void endHeader() {
            headerLeft = Long.MAX_VALUE;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            count(Math.max(0, n));
            return n;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = super.skip(wanted);
            count(skipped);
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void count(long bytes) {
            budget.spend(bytes);
            headerLeft -= bytes;
            if (headerLeft < 0) {
                throw new OpsException(
                        ErrorCode.INVALID_ARCHIVE,
                        "the header of an entry is longer than " + MAX_HEADER_BYTES + " bytes");
            }
        }
    }
}
