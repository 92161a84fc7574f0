package org.octaveserver.ops.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Short texts in place of what callers wrote, to be compared and indexed. Most are the same text; what is long, or what a
 * database could not store, is its SHA-256. Two texts have one key only if they are equal.
 */
final class Keys {
    /** PostgreSQL's indexes take some 2,700 bytes for all columns together. */
    private static final int LONGEST = 120;

    private static final char DIGEST = '#';

    private Keys() {}

    /** The key of a text. */
    static String of(String text) {
        return isPlain(text) ? text : DIGEST + digest(text);
    }

    private static boolean isPlain(String text) {
        if (text.length() > LONGEST || text.indexOf(DIGEST) == 0) {
            return false;
        }
        return text.chars().allMatch(c -> c != 0 && !Character.isSurrogate((char) c));
    }

    /** Of its characters, not of an encoding: those have no bytes for half a surrogate. */
    private static String digest(String text) {
        StringBuilder exact = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            exact.append((char) (c >>> 8)).append((char) (c & 0xff));
        }
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256").digest(exact.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
