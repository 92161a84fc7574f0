package org.octaveserver.ops.pool;

import java.util.OptionalLong;

/** What the pool knows of one key beside its workers. Guarded by the pool's lock. */
final class Shelf {
    /** How many workers are starting for it. */
    int starting;
    /** Whether the current release has it. */
    boolean wanted;
    /** Whether workers of it are kept ready before anyone calls. */
    boolean ready;
    /** Whether one is to be there before the next release is switched to. */
    boolean prepared;
    /** Whether the last start failed: then only a call starts the next one. */
    boolean failed;
    /** When a worker of it was last asked for, as nanoTime counts. */
    long lastAsked;
    /** Workers that began before this moment serve no more calls, as nanoTime counts. */
    OptionalLong recycled = OptionalLong.empty();
    /** Whether it was asked for at all. */
    boolean asked;
    /** When a fresh one was last asked for, as nanoTime counts. */
    OptionalLong lastFresh = OptionalLong.empty();

    /** For a key that nobody has asked for yet. */
    Shelf(long now) {
        this.lastAsked = now;
    }

    /** A call asks for a worker of it. */
    void ask(QueuedCall call) {
        asked = true;
        failed = false;
        lastAsked = call.since();
        if (!call.takesUsed()) {
            lastFresh = OptionalLong.of(call.since());
        }
    }
}
