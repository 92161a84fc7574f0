package org.octaveserver.ops.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives, honest and hostile, for tests: a list of entries that can be packed either way. */
final class Archives {
    private static final class Entry {
        private final String name;
        private final byte[] content;
        private final byte kind;
        private final int mode;

        Entry(String name, byte[] content, byte kind, int mode) {
            this.name = name;
            this.content = content;
            this.kind = kind;
            this.mode = mode;
        }
    }

    /** Equal content makes equal files. */
    private static final long FIXED_TIME = 1_700_000_000_000L;

    private final List<Entry> entries = new ArrayList<>();

    static Archives archive() {
        return new Archives();
    }

    /** A plain folder of one function. */
    static Archives folder(String name, String version, String body) {
        return archive()
                .file("ops.json", "{\"name\":\"" + name + "\",\"version\":\"" + version + "\"}")
                .file("f.m", body);
    }

    Archives file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8), 0100644);
    }

    Archives file(String name, byte[] content, int mode) {
        entries.add(new Entry(name, content, TarConstants.LF_NORMAL, mode));
        return this;
    }

    Archives directory(String name) {
        entries.add(new Entry(name + "/", new byte[0], TarConstants.LF_DIR, 040777));
        return this;
    }

    /** A tar entry of a kind of its own; its target, if it is a link, is outside. */
    Archives special(String name, byte kind) {
        entries.add(new Entry(name, new byte[0], kind, 0100644));
        return this;
    }

    byte[] tar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Entry entry : entries) {
                TarArchiveEntry header = new TarArchiveEntry(entry.name, entry.kind, true);
                header.setMode(entry.mode);
                header.setSize(entry.content.length);
                header.setModTime(FIXED_TIME);
                header.setLinkName("/etc/passwd");
                tar.putArchiveEntry(header);
                tar.write(entry.content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] tarGz() {
        return gzip(tar());
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Entry entry : entries) {
                ZipArchiveEntry header = new ZipArchiveEntry(entry.name);
                header.setTime(FIXED_TIME);
                header.setUnixMode(entry.mode);
                zip.putArchiveEntry(header);
                zip.write(entry.content);
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
