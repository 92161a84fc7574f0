package org.octaveserver.ops.job;

/**
 * Where jobs are and what belongs to them.
 *
 * @param store has the jobs
 * @param files have what is too large for it
 */
public record JobStorage(JobStore store, PayloadFiles files) {}
