package org.octaveserver.ops.job.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs callbacks as Standard Webhooks 1.0.0 says: HMAC-SHA256 over id, time and body, so that a receiver knows who has sent
 * them, and can refuse what somebody sends once more. Thread-safe.
 */
public final class CallbackSignature {
    private static final String ALGORITHM = "HmacSHA256";

    /** What a secret begins with whose rest is Base64. */
    public static final String PREFIX = "whsec_";

    private final SecretKeySpec key;

    /**
     * Signs with a secret that receivers have, too.
     *
     * @param secret {@code whsec_} and the key in Base64, or any other text, whose bytes are the key then
     * @throws IllegalArgumentException when what follows {@code whsec_} is not Base64
     */
    public CallbackSignature(String secret) {
        byte[] bytes = secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : secret.getBytes(StandardCharsets.UTF_8);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * The value of the header {@code webhook-signature}.
     *
     * @param id of the message, the same each time it is tried
     * @param seconds when it is sent, since 1970
     */
    public String of(String id, long seconds, byte[] body) {
        return "v1," + sum(id + "." + seconds + ".", body);
    }

    /**
     * What is the same for the same secret, and does not tell it. It signs no message: those have points before their body.
     *
     * @param where among whom it is compared, without a point
     */
    public String fingerprint(String where) {
        return sum("secret-of-" + where, new byte[0]);
    }

    private String sum(String begin, byte[] rest) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(begin.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(rest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
