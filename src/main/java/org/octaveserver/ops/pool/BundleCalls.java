package org.octaveserver.ops.pool;

/** How many calls of one bundle run, and which lanes count them. Guarded by the pool's lock. */
final class BundleCalls {
    private final String name;
    private int lanes;
    private int running;

    BundleCalls(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    int running() {
        return running;
    }

    void began() {
        running++;
    }

    void ended() {
        running--;
    }

    /** A version of it has a lane. */
    void join() {
        lanes++;
    }

    /** A version of it has none any more; answers whether no version has. */
    boolean leave() {
        lanes--;
        return lanes == 0;
    }
}
