package org.octaveserver.ops.pool;

import java.util.concurrent.CompletableFuture;
import org.octaveserver.ops.worker.Isolation;

/**
 * One call that waits for a worker. Whoever completes the future first decides: the pool with a lease, or the call
 * itself because it waited long enough.
 *
 * @param since when it began to wait, as nanoTime counts
 * @param isolation what it may find of the calls before it
 * @param future what it waits for
 */
record Waiter(long since, Isolation isolation, CompletableFuture<Lease> future) {
    /** Whether a worker suits it. */
    boolean takes(Resident worker) {
        return isolation == Isolation.WARM || worker.isClean();
    }
}
