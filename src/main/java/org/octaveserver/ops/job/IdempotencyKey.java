package org.octaveserver.ops.job;

/**
 * By which a client may submit again without a second job (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param key as the client says it; its own, so that those of two principals never meet
 * @param fingerprint of the whole request, by which a key that comes with another request is noticed
 */
public record IdempotencyKey(String key, String fingerprint) {}
