package org.octaveserver.ops.bundle;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.DurableFiles;

/**
 * The directory that one archive is unpacked to. It makes directories and new files only, never a link, so that no
 * entry can be written through an earlier one. A failure to write is an OpsException; an IOException always comes from
 * the archive.
 */
final class UnpackTarget {
    private static final int CHUNK = 64 * 1024;

    private final Path directory;
    private final EntryNames names;
    private final ByteBudget budget;

    UnpackTarget(Path directory, EntryNames names, ByteBudget budget) {
        this.directory = directory;
        this.names = names;
        this.budget = budget;
    }

    /** What Finder adds to archives; it is no part of a bundle, though its names must be sound. */
    private static boolean isFinderRubbish(List<String> segments) {
        return segments.get(0).equals("__MACOSX");
    }

    void directory(String name) {
        List<String> segments = names.admit(name, true);
        if (segments.isEmpty() || isFinderRubbish(segments)) {
            return;
        }
        try {
            makeDirectories(path(name, segments));
        } catch (IOException e) {
            throw notWritten(name, e);
        }
    }

    /**
     * Writes a file.
     *
     * @param content read to its end, not closed
     * @return the number of bytes
     */
    long file(String name, boolean executable, InputStream content) throws IOException {
        List<String> segments = names.admit(name, false);
        if (isFinderRubbish(segments)) {
            return copy(content, OutputStream.nullOutputStream());
        }
        Path file = path(name, segments);
        long bytes;
        try (OutputStream out = open(name, file)) {
            bytes = copy(content, out);
        }
        try {
            FileModes.set(file, executable);
        } catch (IOException e) {
            throw notWritten(name, e);
        }
        return bytes;
    }

    private Path path(String name, List<String> segments) {
        try {
            Path path = directory;
            for (String segment : segments) {
                path = path.resolve(segment);
            }
            return path;
        } catch (InvalidPathException e) {
            throw new OpsException(
                    ErrorCode.STORE_FAILED,
                    "entry " + Quoted.text(name) + " cannot be stored under this server's locale; start it with a UTF-8"
                            + " locale, such as LC_ALL=C.UTF-8",
                    e);
        }
    }

    private void makeDirectories(Path path) throws IOException {
        if (path.equals(directory) || Files.isDirectory(path)) {
            return;
        }
        makeDirectories(DurableFiles.parent(path));
        Files.createDirectory(path);
        FileModes.set(path, true);
    }

    private OutputStream open(String name, Path file) {
        try {
            makeDirectories(DurableFiles.parent(file));
            return new DiskOutput(name, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
        } catch (IOException e) {
            throw notWritten(name, e);
        }
    }

    private long copy(InputStream content, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long total = 0;
        for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
            budget.spend(n);
            out.write(chunk, 0, n);
            total += n;
        }
        return total;
    }

    private OpsException notWritten(String name, IOException e) {
        return new OpsException(
                ErrorCode.STORE_FAILED,
                "entry " + Quoted.text(name) + " could not be written to " + directory + " (" + e
                        + "); check room and permissions there (setting ops.bundles.directory)",
                e);
    }

    /** Tells a full disk from a broken archive. */
    private final class DiskOutput extends FilterOutputStream {
        private final String name;

        DiskOutput(String name, OutputStream out) {
            super(out);
            this.name = name;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw notWritten(name, e);
            }
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (IOException e) {
                throw notWritten(name, e);
            }
        }
    }
}
