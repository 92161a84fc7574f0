package org.octaveserver.ops.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The secret that lets an operator manage this server. Made at the first start, never logged. Thread-safe. */
public final class AdminToken {
    private static final Logger LOG = LogManager.getLogger(AdminToken.class);
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final byte[] secret;

    private AdminToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the token from a file, or makes the file, readable by its owner only.
     *
     * @param random unpredictable
     * @throws UncheckedIOException when the file can neither be read nor made
     */
    public static AdminToken readOrCreate(Path file, RandomGenerator random) {
        try {
            if (Files.notExists(file)) {
                create(file, random);
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IOException("it is empty; remove it and a new token is made at the next start");
            }
            warnWhenOthersCanRead(file);
            return new AdminToken(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the admin token " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void create(Path file, RandomGenerator random) throws IOException {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, "admin-token", ".new", ownerOnly());
        Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n");
        try {
            publish(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Appears whole, so that a crash leaves no empty token, and never replaces the token of a server that was faster. */
    private static void publish(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
            LOG.info("made an admin token in {}", file);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another server made {}", file, e);
        } catch (FileSystemException | UnsupportedOperationException e) {
            LOG.debug("no hard links in {}", file.getParent(), e);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void warnWhenOthersCanRead(Path file) throws IOException {
        if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            LOG.warn("{} can be read by others; run: chmod 600 {}", file, file);
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** Whether this is the token. Takes as long for a nearly right one as for a wrong one. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(secret, presented.getBytes(StandardCharsets.UTF_8));
    }
}
