package org.octaveserver.ops.worker;

import org.octaveserver.ops.lifecycle.Watchdog;

/**
 * Who looks after a worker.
 *
 * @param watchdog ends what takes too long
 * @param watch ends what uses too much
 * @param limits how much it may use
 */
record Oversight(Watchdog watchdog, LimitWatch watch, WorkerLimits limits) {}
