package org.octaveserver.ops.pool;

import java.time.Duration;

/**
 * What the workers of this node use.
 *
 * @param cpu the time that all of them have run, those that are gone included: it never shrinks
 * @param residentBytes the memory that those that run occupy
 */
public record PoolUsage(Duration cpu, long residentBytes) {}
