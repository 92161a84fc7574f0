package org.octaveserver.ops.bundle;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.worker.Isolation;
import org.octaveserver.ops.worker.WorkerLimit;

/**
 * How a bundle's calls are to be served, as its {@code ops.json} says. What is absent is the server's to decide.
 *
 * @param isolation what a call may find of the calls before it
 * @param timeout how long a call may take, waiting included
 * @param limits how much of the machine a worker or a call may use, in the unit of each limit
 * @param warmup what is done before the first call
 * @param figures in what form calls answer the figures that they leave open
 * @param calls how many calls may run and wait
 * @param jobs how its jobs are run
 */
public record Serving(
        Optional<Isolation> isolation,
        Optional<Duration> timeout,
        Map<WorkerLimit, Long> limits,
        Optional<Warmup> warmup,
        Optional<FigureFormat> figures,
        CallLimits calls,
        JobTerms jobs) {
    /** That of a bundle that says nothing. */
    public static final Serving DEFAULT = new Serving(
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            CallLimits.NONE,
            JobTerms.DEFAULT);

    public Serving {
        limits = Map.copyOf(limits);
    }
}
