package org.octaveserver.ops.job;

import java.util.Optional;

/**
 * A job that is to be accepted.
 *
 * @param arguments whose file, if they have one, is on disk already
 * @param key under which it may be submitted again
 */
public record NewJob(
        JobId id, JobTarget target, JobOwner owner, JobOrder order, Payload arguments, Optional<IdempotencyKey> key) {}
