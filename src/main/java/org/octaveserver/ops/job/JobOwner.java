package org.octaveserver.ops.job;

import java.util.Optional;

/**
 * Whose a job is.
 *
 * @param principal who submitted it; absent for an anonymous one
 * @param party with whom its calls share the workers: the principal, or the address of the client
 * @param client what the client calls itself (MPS: the query parameter {@code client}); may be empty
 */
public record JobOwner(Optional<String> principal, String party, String client) {}
