package org.octaveserver.ops.job;

/**
 * The right of a node to run a job. Whatever it reports bears this, so that nothing counts of a node that has lost the
 * job meanwhile (a fencing token).
 *
 * @param node which has it: another one after each start of a server
 * @param attempt which it is of the job's
 */
public record JobLease(JobId job, String node, int attempt) {}
