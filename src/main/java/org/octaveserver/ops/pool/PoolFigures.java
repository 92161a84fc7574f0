package org.octaveserver.ops.pool;

/**
 * How things stand in the pool.
 *
 * @param limit how many workers there may be
 * @param running how many there are, idle or busy
 * @param busy how many run a call
 * @param starting how many are starting
 * @param waiting how many calls wait for one
 */
public record PoolFigures(int limit, int running, int busy, int starting, int waiting) {
    @Override
    public String toString() {
        return waiting + " waiting, " + busy + " of at most " + limit + " workers busy, " + starting + " starting";
    }
}
