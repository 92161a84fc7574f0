package org.octaveserver.ops.worker;

import java.util.Set;

/** Starts workers. Whoever needs one asks a launcher: how strong its walls are is the launcher's business. */
public interface WorkerLauncher {
    /**
     * Starts a worker and waits until it is loaded. Takes a tenth of a second or more: never on a request's thread.
     *
     * @throws org.octaveserver.ops.error.OpsException {@code RUNTIME_UNAVAILABLE} when Octave cannot be started,
     *     {@code RUNTIME_CHANGED} when it is of another version than the runtime was, {@code WORKER_START_FAILED} when it
     *     does not become ready
     */
    Worker launch(WorkerSpec spec);

    /** Workers of other specs than these will not be needed: what was kept for their sake can go. */
    default void keepOnly(Set<WorkerSpec> specs) {}
}
