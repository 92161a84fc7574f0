package org.octaveserver.ops.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.lifecycle.OwnerOnly;

/** Files with one secret each, made at the first start, readable by their owner only, and never logged. */
public final class SecretFile {
    private static final Logger LOG = LogManager.getLogger(SecretFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private SecretFile() {}

    /**
     * Reads a secret from a file, or makes the file.
     *
     * @param what it is, for messages, such as {@code admin token}
     * @param fresh makes a secret
     * @throws UncheckedIOException when the file can neither be read nor made
     */
    public static String readOrCreate(Path file, String what, Supplier<String> fresh) {
        try {
            if (Files.notExists(file)) {
                create(file, what, fresh.get());
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IOException("it is empty; remove it and a new one is made at the next start");
            }
            warnWhenOthersCanRead(file);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("the " + what + " " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void create(Path file, String what, String secret) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, "secret", ".new", OwnerOnly.file());
        Files.writeString(fresh, secret + "\n");
        try {
            publish(fresh, file, what);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Appears whole, so that a crash leaves no empty file, and never replaces the secret of a server that was faster. */
    private static void publish(Path fresh, Path file, String what) throws IOException {
        try {
            Files.createLink(file, fresh);
            LOG.info("made: {} in {}", what, file);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another server made {}", file, e);
        } catch (FileSystemException | UnsupportedOperationException e) {
            LOG.debug("no hard links in {}", file.getParent(), e);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void warnWhenOthersCanRead(Path file) throws IOException {
        if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            LOG.warn("{} can be read by others; run: chmod 600 {}", file, file);
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
