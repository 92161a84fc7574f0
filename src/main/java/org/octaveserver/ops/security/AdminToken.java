package org.octaveserver.ops.security;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** The secret that lets an operator manage this server. Made at the first start, never logged. Thread-safe. */
public final class AdminToken {
    private static final int BYTES = 32;

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
        return new AdminToken(SecretFile.readOrCreate(file, "admin token", () -> {
            byte[] secret = new byte[BYTES];
            random.nextBytes(secret);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        }));
    }

    /** Whether this is the token. Takes as long for a nearly right one as for a wrong one. */
    public boolean matches(String presented) {
        return MessageDigest.isEqual(secret, presented.getBytes(StandardCharsets.UTF_8));
    }
}
