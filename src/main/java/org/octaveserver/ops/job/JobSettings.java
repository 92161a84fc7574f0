package org.octaveserver.ops.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.DataSize;

/** Settings of jobs: asynchronous calls. */
@ConfigMapping(prefix = "ops.jobs")
public interface JobSettings {
    /**
     * Where large arguments and results are kept, and the embedded database. Nodes that share a database (ops.jobs.url) share
     * this directory, too. Default: jobs in OPS_HOME.
     */
    Optional<Path> directory();

    /** How many jobs may wait; more are refused at once. */
    @WithDefault("100000")
    @AtLeast("1")
    int maxWaiting();

    /** How many of them may be of one client: a principal, or the address of one that sends no token. */
    @WithDefault("10000")
    @AtLeast("1")
    int maxWaitingPerClient();

    /** How many bytes the arguments of a client's jobs may take that have not finished; more are refused at once. */
    @WithDefault("10GB")
    @AtLeast("1KB")
    DataSize maxOpenSizePerClient();

    /**
     * How many jobs this node takes at once, those included that wait for a worker here. Default: eight times
     * ops.pool.max-workers; where nodes share a database, as many as ops.pool.max-workers, so that none waits here that another
     * node could run. They share the workers with synchronous calls as ops.call says.
     */
    @AtLeast("1")
    OptionalInt maxRunning();

    /** How long the function of a job may run when its bundle's ops.json sets no jobs.timeout. Waiting does not count. */
    @WithDefault("24h")
    @AtLeast("1ms")
    Duration timeout();

    /**
     * How often the function of a job may begin when nodes stop while it runs, before the job ends in an error. Functions that
     * jobs.idempotent of ops.json does not name begin once.
     */
    @WithDefault("3")
    @AtLeast("1")
    int maxAttempts();

    /**
     * For how long a node tries to get a worker for a job when none can be started, as while Octave is upgraded. Then the job
     * ends in an error.
     */
    @WithDefault("15m")
    @AtLeast("0s")
    Duration workerPatience();

    /** How large the result of a job may be. */
    @WithDefault("256MB")
    @AtLeast("1KB")
    DataSize maxResultSize();

    /** How long finished jobs are kept, with their results. */
    @WithDefault("7d")
    @AtLeast("1s")
    Duration keepFinished();

    /** How many bytes of arguments, results and output of finished jobs are kept for each client; the oldest go first. */
    @WithDefault("10GB")
    @AtLeast("0B")
    DataSize keepSizePerClient();

    /** How long the ids of deleted jobs are remembered, and the keys that they were submitted under. */
    @WithDefault("7d")
    @AtLeast("0s")
    Duration rememberDeleted();

    /** How often this node looks for jobs that other nodes have accepted or left. Its own begin at once. */
    @WithDefault("1s")
    @AtLeast("10ms")
    Duration pollInterval();

    /** How often finished jobs are looked through for what need not be kept any more. */
    @WithDefault("1m")
    @AtLeast("100ms")
    Duration cleanInterval();

    /**
     * How long a file may be in the directory of jobs without a job that needs it, where nodes share that directory: longer than
     * any of them takes from writing a file to storing its job. What a server of its own directory left behind goes at its start.
     */
    @WithDefault("1h")
    @AtLeast("1s")
    Duration orphanPatience();
}
