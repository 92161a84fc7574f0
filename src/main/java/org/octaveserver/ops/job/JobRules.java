package org.octaveserver.ops.job;

import java.time.Duration;

/**
 * How a job may run, as its bundle and the server said when it was accepted.
 *
 * @param idempotent whether it may run again when nobody knows whether it ran to its end
 * @param timeout how long its function may run
 * @param cancelGrace how long the function may go on when the job is cancelled
 * @param mostAttempts how often an idempotent one may begin
 */
public record JobRules(boolean idempotent, Duration timeout, Duration cancelGrace, int mostAttempts) {}
