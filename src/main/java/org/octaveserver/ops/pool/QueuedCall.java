package org.octaveserver.ops.pool;

import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.worker.Isolation;

/**
 * One call that waits for a worker. Whoever completes the future first decides: the pool with a lease, or the call itself
 * because it waited long enough. Two calls are never equal.
 */
final class QueuedCall {
    /** How a party's calls are served. */
    static final Comparator<QueuedCall> BY_URGENCY =
            Comparator.<QueuedCall>comparingInt(call -> call.claim.urgency()).thenComparingLong(QueuedCall::arrival);

    static final Comparator<QueuedCall> BY_ARRIVAL = Comparator.comparingLong(QueuedCall::arrival);

    private final long since;
    private final Claim claim;
    private final CompletableFuture<Lease> future;
    private long arrival;

    /**
     * A call that is in no queue yet.
     *
     * @param since when it began to wait, as nanoTime counts
     * @param future what it waits for
     */
    QueuedCall(long since, Claim claim, CompletableFuture<Lease> future) {
        this.since = since;
        this.claim = claim;
        this.future = future;
    }

    long since() {
        return since;
    }

    Claim claim() {
        return claim;
    }

    CompletableFuture<Lease> future() {
        return future;
    }

    /** Whether a worker that has run calls does for it. */
    boolean takesUsed() {
        return claim.isolation() == Isolation.WARM;
    }

    /** The how manieth it is of all calls of its queue; 0 while it has been in none. */
    long arrival() {
        return arrival;
    }

    /** It enters a queue. */
    void arrive(long number) {
        if (arrival != 0) {
            throw new IllegalStateException("a call waits once only");
        }
        arrival = number;
    }
}
