package org.octaveserver.ops.job;

/**
 * What a node has taken.
 *
 * @param arguments of the function
 */
public record ClaimedJob(Job job, JobLease lease, Payload arguments) {}
