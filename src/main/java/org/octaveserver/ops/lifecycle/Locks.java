package org.octaveserver.ops.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Waiting for a lock, but not for ever. */
public final class Locks {
    private Locks() {}

    /**
     * Takes a lock; the caller gives it back.
     *
     * @param limit how long to wait
     * @param tooLong what to throw after that
     * @param interrupted what to say when the thread is to end
     * @throws OpsException SHUTTING_DOWN when it is; it stays interrupted
     */
    public static void acquire(ReentrantLock lock, Duration limit, Supplier<OpsException> tooLong, String interrupted) {
        try {
            if (lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(ErrorCode.SHUTTING_DOWN, interrupted, e);
        }
        throw tooLong.get();
    }
}
