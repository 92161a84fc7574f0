package org.octaveserver.ops.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.call.CallOutcome;
import org.octaveserver.ops.value.OctaveValue;

/** Runs the functions of jobs on this node. Thread-safe. */
public interface FunctionRuns {
    /**
     * Begins to run a function; nothing is done yet when this returns but that it waits for a worker.
     *
     * @throws org.octaveserver.ops.error.OpsException BUNDLE_NOT_FOUND when its version is not there any more
     */
    Run begin(Job job, Listener listener);

    /** How many functions of a bundle may run on this node at once, of those bundles for which that is limited. */
    Map<String, Integer> limits();

    /** Whoever wants to know how it goes on. Each may be called on any thread and must be quick. */
    interface Listener {
        /**
         * There is a worker. The function begins when this completes, with the arguments that it completes with, and never
         * when it fails. Whoever completes it is held until the worker has taken them.
         */
        CompletableFuture<List<OctaveValue>> begins();

        /** The function says how far it is. */
        void progressed(Progress progress);
    }

    /** A function that waits or runs. */
    interface Run {
        /** How it ended; an {@link org.octaveserver.ops.error.OpsException} when it did not run to its end. */
        CompletableFuture<CallOutcome> outcome();

        /** What it has printed so far, also when it ended otherwise. */
        String printed();

        /**
         * Calls it off; what runs may look at that for some time, and is then killed.
         *
         * @return when it is gone, or false at once when it was over
         */
        boolean cancel(String by, Duration grace);
    }
}
