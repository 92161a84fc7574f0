package org.octaveserver.ops.cli.pack;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * A {@code .tar.gz} that says nothing of who wrote it, when and where: fixed times, owners and modes, no name in the
 * header of the compression. Closing it ends the archive and leaves the stream under it open.
 */
final class ReproducibleTar implements Closeable {
    /** The earliest time that every archive format can hold. */
    private static final FileTime TIME = FileTime.from(Instant.parse("1980-01-01T00:00:00Z"));

    private static final int DIRECTORY = 0755;
    private static final int PROGRAM = 0755;
    private static final int FILE = 0644;

    /** How scripts (#!) and the programs of Linux and macOS begin. */
    private static final List<String> PROGRAMS = List.of("2321", "7f454c46", "cffaedfe");

    private static final int LONGEST_BEGINNING = 4;

    private final TarArchiveOutputStream tar;
    private final Set<String> directories = new HashSet<>();

    ReproducibleTar(OutputStream out) throws IOException {
        tar = new TarArchiveOutputStream(
                new GzipCompressorOutputStream(new Unclosed(out), new GzipParameters()), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    void file(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            add(name, in, Files.size(file), isProgram(file) ? PROGRAM : FILE);
        }
    }

    /**
     * By what it holds: its mode is another one in each copy, on file systems that know none, and after a chmod that meant
     * all of a directory, while a program is one by its first bytes.
     */
    private static boolean isProgram(Path file) throws IOException {
        byte[] first;
        try (InputStream in = Files.newInputStream(file)) {
            first = in.readNBytes(LONGEST_BEGINNING);
        }
        return PROGRAMS.stream()
                .anyMatch(beginning -> startsWith(first, HexFormat.of().parseHex(beginning)));
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    void file(String name, byte[] content) throws IOException {
        add(name, new ByteArrayInputStream(content), content.length, FILE);
    }

    private void add(String name, InputStream in, long size, int mode) throws IOException {
        addParents(name);
        put(name, size, mode);
        in.transferTo(tar);
        tar.closeArchiveEntry();
    }

    private void addParents(String name) throws IOException {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            String parent = name.substring(0, slash + 1);
            if (directories.add(parent)) {
                put(parent, 0, DIRECTORY);
                tar.closeArchiveEntry();
            }
        }
    }

    private void put(String name, long size, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(mode);
        entry.setLastModifiedTime(TIME);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** Passes everything on but the close. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
