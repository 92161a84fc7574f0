package org.octaveserver.ops.worker;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * What a worker prints, request by request. It is always read, so that user code never blocks on a full pipe. For whoever
 * holds the worker.
 */
interface WorkerOutput {
    /** Begins a request; answers the mark that is to be printed behind its output, empty where none is needed. */
    String begin();

    /** Drops what has come behind the present request, where that can be told without a mark. */
    void forget();

    /** Drops what comes from now on, with a mark as of {@link #begin}; what was kept of the last request stays. */
    String drop();

    /** Waits until all is there that was printed before the mark, or before an answer that has come; false when it does not come. */
    boolean awaitWhole(Duration wait);

    /** What was kept of the present request's output so far. */
    String kept();

    /**
     * Has a request end that prints too much.
     *
     * @param bytes how much it may print
     * @param action told how much it has printed, once, on the thread that reads
     */
    void refuseAbove(long bytes, LongConsumer action);

    /** When it returns, an excess of what has come so far has been told, by whomever. */
    void tellExcess();
}
