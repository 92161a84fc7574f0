package org.octaveserver.ops.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A bundle that a test writes: a plain folder with an {@code ops.json}. */
public final class TestBundle {
    private static final LocalDateTime MADE = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final Map<String, String> files = new LinkedHashMap<>();

    /** A bundle of version 1.0.0 that sets no limits. */
    public static TestBundle named(String name) {
        return named(name, "1.0.0", "");
    }

    /** A bundle with more members in its {@code ops.json}, beginning with a comma. */
    public static TestBundle named(String name, String version, String more) {
        return new TestBundle()
                .file("ops.json", "{\"name\":\"" + name + "\",\"version\":\"" + version + "\"" + more + "}");
    }

    /** An Octave package without functions, in a directory that is called as it is. */
    static TestBundle packaged(String name, String version) {
        String description = """
                Name: %s
                Version: %s
                Date: 2026-01-01
                Author: A
                Maintainer: A
                Title: T
                Description: D
                Categories: C
                """;
        return new TestBundle()
                .file(name + "/DESCRIPTION", description.formatted(name, version))
                .file(name + "/COPYING", "free\n");
    }

    public TestBundle file(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** A function of so many lines, without its first and last. */
    public TestBundle function(String signature, String... lines) {
        String name = signature.replaceAll("^.*= *", "").replaceAll(" *\\(.*$", "");
        return file(
                name.replaceAll("\\.m$", "") + ".m",
                "function " + signature + "\n  " + String.join("\n  ", lines) + "\nendfunction\n");
    }

    /** The bundle file. */
    public byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                // The same bundle gives the same bytes, however long the test takes.
                entry.setTimeLocal(MADE);
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
