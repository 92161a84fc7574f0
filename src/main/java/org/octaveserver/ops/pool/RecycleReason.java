package org.octaveserver.ops.pool;

import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.worker.EndReason;

/** Why the pool lets a worker go that could serve on. */
public enum RecycleReason {
    /** It has answered as many calls as it may. */
    CALLS("it has answered as many calls as one worker does (ops.pool.max-calls)"),
    /** It has lived as long as it may. */
    AGE("it has lived as long as one worker does (ops.pool.max-age)"),
    /** It occupied too much memory after a call. */
    MEMORY("it occupies more memory than a worker may after a call (ops.pool.max-resident)"),
    /** Nobody has called it for a while. */
    IDLE("nobody has called it for a while (ops.pool.idle-timeout)"),
    /** Its only call has ended. */
    FRESH("its only call has ended (isolation fresh)"),
    /** Another bundle, or a call that needs a fresh worker, has its place. */
    ROOM("another one has its place"),
    /** An operator wants other ones. */
    COMMAND("an operator has workers recycled"),
    /** The release, or the runtime, is another. */
    RELEASE("nothing that is deployed needs it");

    private final String text;

    RecycleReason(String text) {
        this.text = text;
    }

    EndReason endReason() {
        return new EndReason(ErrorCode.SHUTTING_DOWN, text);
    }
}
