package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * The operating system's side of a worker: a process in a session of its own, so that everything it starts can be
 * killed with it. Thread-safe, but each stream has one user.
 */
interface WorkerProcess {
    long pid();

    boolean isAlive();

    /** What the process has used so far; nothing once it has ended, or where the system does not tell. */
    Optional<ProcessUsage> usage();

    /** How many processes it is by itself, beside those that user code starts. */
    default int ownProcesses() {
        return 1;
    }

    /**
     * Its streams, once.
     *
     * @param kept for what it prints
     * @param drained reads, on a thread of its own, where what it prints is a stream
     */
    Opened open(KeptOutput kept, BiFunction<InputStream, KeptOutput, WorkerOutput> drained) throws IOException;

    /**
     * The streams of a process.
     *
     * @param fromWorker what the worker sends to the server
     * @param toWorker what the server sends to the worker
     * @param output what user code and the programs it starts print
     */
    record Opened(InputStream fromWorker, OutputStream toWorker, WorkerOutput output) {}

    /**
     * Waits until the process has ended.
     *
     * @return its exit status, 128 + n after signal n; empty when it still runs after {@code limit}
     */
    OptionalInt awaitExit(Duration limit);

    /** Runs an action when the process has ended, on some thread. */
    void onExit(Runnable action);

    /**
     * Tells a native worker to stop the statement that it runs, and what it has started as a person's Ctrl-C would. Harms
     * no process that is no native worker.
     */
    void interrupt();

    /** Kills the process and everything that it has started. Does nothing more when all are gone. */
    void killGroup();
}
