package org.octaveserver.ops.pool;

import java.util.concurrent.CompletableFuture;

/**
 * One call that waits for a worker. Whoever completes the future first decides: the pool with a lease, or the call
 * itself because it waited long enough.
 *
 * @param since when it began to wait, as nanoTime counts
 * @param future what it waits for
 */
record Waiter(long since, CompletableFuture<Lease> future) {}
