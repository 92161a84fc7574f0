package org.octaveserver.ops.pool;

import java.time.Duration;

/**
 * What the workers of this node use.
 *
 * @param cpu the time that all of them have run, those that are gone included: it never shrinks. Of one that ended by
 *     itself, in the middle of a call, what it had used when it was looked at last
 * @param residentBytes the memory that those that run occupy
 */
public record PoolUsage(Duration cpu, long residentBytes) {}
