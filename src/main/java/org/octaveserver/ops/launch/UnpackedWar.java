package org.octaveserver.ops.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The parts of the WAR that a process of its own needs, unpacked once per content.
 *
 * <p>Two processes may unpack at once: each works in a directory of its own and renames it into place, so what stands
 * under the final name is always whole, and the loser takes the winner's.
 */
final class UnpackedWar {
    private static final String WEB_INF = "WEB-INF/";
    private static final List<String> WANTED =
            List.of(WEB_INF + "classes/", WEB_INF + "lib/", WEB_INF + "standalone/", WEB_INF + "octave/");
    private static final int KEY_BYTES = 12;

    private final ZipFile zip;
    private final List<? extends ZipEntry> entries;

    private UnpackedWar(ZipFile zip) {
        this.zip = zip;
        this.entries = zip.stream().filter(UnpackedWar::isWanted).toList();
    }

    /**
     * The unpacked {@code WEB-INF}: under {@code cache}, or, when that cannot be written, under {@code temporary}.
     *
     * @throws IOException when neither can be written, or somebody else owns {@code temporary}
     */
    static Path of(Path war, Path cache, Path temporary) throws IOException {
        try (ZipFile zip = new ZipFile(war.toFile())) {
            UnpackedWar unpacked = new UnpackedWar(zip);
            String key = unpacked.key();
            Path there = cache.resolve(key);
            if (!Files.isDirectory(there)) {
                there = unpacked.unpack(cache, temporary, key);
            }
            return there.resolve("WEB-INF");
        }
    }

    private static boolean isWanted(ZipEntry entry) {
        return !entry.isDirectory() && WANTED.stream().anyMatch(entry.getName()::startsWith);
    }

    /** Names the content by the checksums in the directory of the WAR: reading all of it would take too long. */
    private String key() {
        MessageDigest digest = sha256();
        for (ZipEntry entry : entries) {
            String line = entry.getName() + ' ' + entry.getSize() + ' ' + entry.getCrc() + '\n';
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Path unpack(Path cache, Path temporary, String key) throws IOException {
        Path own;
        try {
            own = PrivateDirectory.in(cache);
        } catch (FileSystemException e) {
            own = PrivateDirectory.inShared(temporary);
        }
        Path target = own.resolveSibling(key);
        try {
            if (!Files.isDirectory(target)) {
                extract(own);
                publish(own, target);
            }
            return target;
        } finally {
            delete(own);
        }
    }

    private void extract(Path own) throws IOException {
        for (ZipEntry entry : entries) {
            Path file = own.resolve(entry.getName()).normalize();
            if (!file.startsWith(own)) {
                throw new IOException("entry \"" + entry.getName() + "\" leaves the WAR");
            }
            Files.createDirectories(file.getParent());
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, file);
            }
        }
    }

    private static void publish(Path own, Path target) throws IOException {
        try {
            Files.move(own, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was first; the key says that it unpacked the same.
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
