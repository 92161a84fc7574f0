package org.octaveserver.ops.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.AtMost;
import org.octaveserver.ops.settings.DataSize;

/** Settings of every worker process. */
@ConfigMapping(prefix = "ops.worker")
public interface WorkerSettings {
    /** How long Octave may take from its start until the bundle is loaded. */
    @WithDefault("30s")
    @AtLeast("100ms")
    Duration startTimeout();

    /** How long a worker that was asked to end may take before it is killed. */
    @WithDefault("3s")
    @AtLeast("100ms")
    Duration stopTimeout();

    /** The largest answer that is accepted from a worker. */
    @WithDefault("256MB")
    @AtLeast("64KB")
    @AtMost("2047MB")
    DataSize maxMessageSize();

    /** How much of what a call prints is kept: the beginning, and a line that says that there was more. */
    @WithDefault("1MB")
    @AtLeast("1KB")
    @AtMost("2047MB")
    DataSize maxOutput();

    /** Threads that BLAS and OpenMP may use in each worker. More workers usually beat more threads. */
    @WithDefault("1")
    @AtLeast("1")
    int threads();

    /**
     * How workers speak to the server: "native" is compiled once for each Octave and much quicker, "portable" is plain
     * Octave code, "auto" is native where it can be built and portable elsewhere. With "native" no worker starts where it
     * cannot be built.
     */
    @WithDefault("auto")
    Implementation implementation();

    /** How long a process that native workers are forked from is kept when none is asked for and none is left. */
    @WithDefault("10m")
    @AtLeast("1s")
    Duration templateIdle();

    /**
     * What becomes of random streams between two calls in the same worker: "keep" lets them go on, also with the state that a
     * call has set, "reseed" begins them anew. Those of two workers always differ.
     */
    @WithDefault("keep")
    RandomStreams random();

    /** Names of environment variables of the server that workers see too, separated by commas. */
    Optional<List<String>> environment();
}
